package lull.bridge.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import lull.bridge.journal.JournalUnavailable;
import lull.bridge.journal.KafkaJournal;
import lull.bridge.metric.BridgeMetrics;
import lull.bridge.metric.BridgeMetrics.NotificationExit;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.queue.AwsQueue;
import lull.runtime.sns.SnsMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The door for an SQS queue that is subscribed to the SNS topic of chats: what comes while no bridge is there waits
/// in it for days. Whom the queue takes messages from is its policy to say. It wants SNS's envelope: raw delivery
/// leaves out for whom an event is, so that it is refused.
public final class EventQueue implements AwsQueue.Taker {

    private static final Logger log = LoggerFactory.getLogger(EventQueue.class);

    private final EventIntake intake;
    private final String topicArn;
    private final InstantSource clock;
    private final BridgeMetrics metrics;

    /// @param topicArn the topic that envelopes must name
    public EventQueue(KafkaJournal journal, String topicArn, InstantSource clock, BridgeMetrics metrics) {
        this.intake = new EventIntake(journal, clock);
        this.topicArn = topicArn;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public boolean take(String body) {
        try {
            metrics.notificationLeft(taken(body));
            return true;
        } catch (JournalUnavailable e) {
            log.atWarn().addKeyValue("error", e.getMessage()).log("Notification not taken, it comes again");
            metrics.notificationLeft(NotificationExit.UNAVAILABLE);
            return false;
        }
    }

    private NotificationExit taken(String body) {
        JsonNode envelope;
        try {
            envelope = Json.tree(body.getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableJson e) {
            return intake.refuse(body, String.valueOf(e.getMessage()));
        }
        if (!envelope.path("Type").asText("").equals("Notification")) {
            return intake.refuse(body, "Not in the envelope of SNS: raw delivery does not say for whom an event is");
        }
        if (!envelope.path("TopicArn").asText("").equals(topicArn)) {
            return intake.refuse(body, "Of another SNS topic");
        }
        return intake.take(notification(envelope));
    }

    private SnsMessage.Notification notification(JsonNode envelope) {
        Map<String, String> attributes = new LinkedHashMap<>();
        envelope.path("MessageAttributes").properties().forEach(attribute -> {
            JsonNode value = attribute.getValue().path("Value");
            if (value.isTextual()) {
                attributes.put(attribute.getKey(), value.textValue());
            }
        });
        return new SnsMessage.Notification(
                envelope.path("MessageId").asText(""),
                topicArn,
                envelope.path("Message").asText(""),
                at(envelope.path("Timestamp").asText("")),
                attributes);
    }

    private Instant at(String timestamp) {
        try {
            return Instant.parse(timestamp);
        } catch (DateTimeException e) {
            return clock.instant();
        }
    }
}
