package lull.bridge.lane;

/// Handles the records of a topic: those of one key one after another, those of different keys at the same time.
@FunctionalInterface
public interface Handler<V> {

    /// Handles a record. It runs on a virtual thread and may block. Before every call that has an effect outside
    /// it asks the fence. What it throws counts as [Outcome.Later].
    Outcome handle(Incoming<V> incoming, Fence fence) throws InterruptedException;
}
