package lull.lanes;

/// Handler of the records of a topic: those of one key one after another, those of different keys at the same
/// time.
@FunctionalInterface
public interface Handler<V> {

    /// Handles a record. It runs on a virtual thread and may block. Before every call that has an effect outside
    /// it asks the fence. What it throws unexpectedly counts as [Outcome.Retry] a bounded number of times.
    Outcome handle(Incoming<V> incoming, Fence fence) throws InterruptedException;

    /// Tells whoever waits for a record that it is about to become a dead letter, as its handling has failed
    /// unexpectedly too often. Telling may happen twice. What it throws changes nothing.
    default void givenUp(Incoming<V> incoming, Fence fence) throws InterruptedException {}
}
