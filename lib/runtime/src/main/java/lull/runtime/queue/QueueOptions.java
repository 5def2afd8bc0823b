package lull.runtime.queue;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Settings of a queue that is read.
///
/// @param name by which health, metrics and log know the queue, such as `chat-event-queue`
/// @param advice what it means that the queue cannot be read, and what to do
/// @param url the queue's address as SQS tells it
/// @param region the queue's AWS Region
/// @param endpoint SQS's address, where it is not AWS's own
/// @param placeholderCredentials made up ones, for a stand-in that checks none
/// @param pollers how many calls wait for messages at a time; each brings up to ten
/// @param longPoll how long a call waits for messages, up to 20 s
/// @param backOff how long to wait after a call that failed, and after messages that were not taken
public record QueueOptions(
        String name,
        String advice,
        String url,
        String region,
        Optional<URI> endpoint,
        boolean placeholderCredentials,
        int pollers,
        Duration longPoll,
        Duration backOff) {}
