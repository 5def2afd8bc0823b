package lull.runtime.queue;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Settings of a queue that is read.
///
/// @param name the queue's name in health, metrics and log, such as `chat-event-queue`
/// @param advice what it means that the queue cannot be read, and what to do
/// @param url the queue's address as SQS gives it
/// @param region the queue's AWS Region
/// @param endpoint SQS's address, if it is not AWS's own
/// @param placeholderCredentials dummy credentials, for a stand-in that does not check them
/// @param pollers how many calls wait for messages at a time; each returns up to ten
/// @param longPoll how long a call waits for messages, up to 20 s; a reader that is closed waits for it
/// @param backOff how long to wait after a call that failed, and after messages that were not accepted
public record QueueOptions(
        String name,
        String advice,
        String url,
        String region,
        Optional<URI> endpoint,
        boolean placeholderCredentials,
        int pollers,
        Duration longPoll,
        Duration backOff) {

    /// The usual wait of a call: long enough to keep the number of calls low, and short enough for a process that has
    /// `stop.timeout` to stop.
    public static final Duration LONG_POLL = Duration.ofSeconds(5);

    /// Whether the queue keeps the order of the messages of a group.
    boolean isFifo() {
        return url.endsWith(".fifo");
    }
}
