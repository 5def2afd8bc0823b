package lull.lanes;

/// Mark of exceptions that say that something outside is unavailable, such as Kafka. A record whose handling throws one
/// is tried until it is available again, however often that is.
public interface Unavailable {}
