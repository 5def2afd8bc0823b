package lull.connect;

/// Extent of a wrong setting of Amazon Connect.
public enum Extent {
    /// Every call, because the credentials are wrong.
    PROCESS,
    /// Calls of one Amazon Connect instance, because they are not allowed.
    INSTANCE,
    /// Calls for one business number, because its flow, instance or topic is wrong.
    NUMBER
}
