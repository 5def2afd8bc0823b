package lull.bridge.event;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import lull.bridge.journal.KafkaJournal;
import lull.bridge.metric.BridgeMetrics.NotificationExit;
import lull.contract.chat.ChatEvent;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.Topics;
import lull.runtime.sns.SnsMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes notifications that are to be believed to `connect.chat.event`, by whichever door they came.
final class EventIntake {

    private static final Logger log = LoggerFactory.getLogger(EventIntake.class);

    /// Event times further away than this from now are not taken as the records' timestamps, as the broker may
    /// refuse them.
    private static final Duration BELIEVABLE = Duration.ofHours(1);

    private final KafkaJournal journal;
    private final InstantSource clock;

    EventIntake(KafkaJournal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /// Returns how the notification leaves, once the broker has it; throws [JournalUnavailable] where it does not
    /// take it.
    NotificationExit take(SnsMessage.Notification notification) {
        List<ChatEvent> events;
        try {
            events = ChatEventParser.parse(notification);
        } catch (UnreadableJson e) {
            return refuse(notification.message(), String.valueOf(e.getMessage()));
        }
        for (ChatEvent event : events) {
            journal.appendAt(
                    Topics.CHAT_EVENT,
                    event.initialContactId(),
                    event,
                    timestamp(event.at()).toEpochMilli());
        }
        return NotificationExit.ACCEPTED;
    }

    /// Makes a dead letter of what is no event.
    NotificationExit refuse(String message, String reason) {
        journal.writeUnreadable(Topics.CHAT_EVENT, message.getBytes(StandardCharsets.UTF_8), reason);
        log.atWarn().addKeyValue("error", reason).log("Not a chat event, now a dead letter");
        return NotificationExit.UNREADABLE;
    }

    /// The record's timestamp is the event's time, by which the flow that reads it puts events in order.
    private Instant timestamp(Instant at) {
        Instant now = clock.instant();
        boolean isNear = at.isAfter(now.minus(BELIEVABLE)) && at.isBefore(now.plus(BELIEVABLE));
        return isNear ? at : now;
    }
}
