package lull.lanes;

/// Handler of the records of a topic: called in order for the records of one key, and concurrently for
/// those of different keys.
@FunctionalInterface
public interface Handler<V> {

    /// Handles a record. Runs on a virtual thread and may block. Before every call with an external
    /// effect it must call the fence. An unexpected exception counts as [Outcome.Retry] a bounded
    /// number of times.
    Outcome handle(Incoming<V> incoming, Fence fence) throws InterruptedException;

    /// Notifies anyone who waits for a record that it is about to become a dead letter, because its
    /// handling has failed unexpectedly too often. May be called twice for a record. An exception
    /// changes nothing.
    default void givenUp(Incoming<V> incoming, Fence fence) throws InterruptedException {}
}
