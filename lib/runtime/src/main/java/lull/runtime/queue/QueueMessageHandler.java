package lull.runtime.queue;

/// Port that handles the messages of a queue. Called by several threads.
@FunctionalInterface
public interface QueueMessageHandler {

    /// Handles a message; returns false if it must be redelivered.
    ///
    /// @param id SQS's id of the message, which is the same when it is redelivered
    boolean handle(String id, String body) throws InterruptedException;
}
