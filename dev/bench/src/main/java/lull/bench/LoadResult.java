package lull.bench;

/// Result of a load.
///
/// @param accepted answers of 200
/// @param inTime those of them that came before the load's duration was over
/// @param failed other answers, and connections that broke
/// @param unanswered requests that were due or sent and had no answer when the generator gave up
/// @param flaw the first failure in words; empty where there was none
/// @param p50 latency in nanoseconds, as are the others
record LoadResult(
        long accepted,
        long inTime,
        long failed,
        long unanswered,
        String flaw,
        long p50,
        long p99,
        long p999,
        long max) {}
