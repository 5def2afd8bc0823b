package lull.connect;

/// Extent of a wrong setting of Amazon Connect.
public enum Extent {
    /// Every call, as the credentials are wrong.
    PROCESS,
    /// Calls of one Amazon Connect instance, as they are not allowed.
    INSTANCE,
    /// Calls for one business number, as its flow, instance or topic is wrong.
    NUMBER
}
