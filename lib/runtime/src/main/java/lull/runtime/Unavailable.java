package lull.runtime;

/// Marker of exceptions that report that an external system, such as Kafka, is unavailable. A record
/// whose handling throws one is retried until the system is available again, without a limit of
/// attempts.
public interface Unavailable {}
