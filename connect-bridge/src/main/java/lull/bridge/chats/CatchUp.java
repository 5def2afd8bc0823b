package lull.bridge.chats;

/// Port that brings a cache of a topic, such as the [ChatBook], up to date.
@FunctionalInterface
public interface CatchUp {

    /// Reads the topic to its present end. Returns when everything that was in it at the time of the call
    /// is in the cache. Throws [lull.runtime.kafka.NotAcknowledged] if that takes too long.
    void toPresentEnd() throws InterruptedException;
}
