package lull.bridge.notices;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import lull.contract.DeadLetterHandled;
import lull.contract.topic.DeadLetterHeaders;
import lull.contract.topic.DeadLetterReason;
import lull.contract.topic.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Dead letter, as far as its agent has to know of it: without its content. Immutable.
///
/// @param id by which operators name it
/// @param topic the dead-letter topic
/// @param key of the record, which may be empty
/// @param reason empty if it is of Kafka Streams itself
/// @param at when it became a dead letter
/// @param hasWords whether anybody has written it: ticks, settings and the like are in input topics too
record DeadLetter(
        String id, String topic, String key, Optional<DeadLetterReason> reason, Instant at, boolean hasWords) {

    /// How a record of an input topic begins that says its kind.
    private static final String KIND = "{\"kind\":\"";

    /// Whose words it holds.
    enum Of {
        /// Messages that the agent does not see.
        CUSTOMER,
        /// What was written in the chat, and did not become a reply.
        AGENT,
        /// A reply that was not sent.
        REPLY
    }

    /// Reads a record of a dead-letter topic. Never fails.
    static DeadLetter of(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        return new DeadLetter(
                DeadLetterHandled.id(record.topic(), record.partition(), record.offset()),
                record.topic(),
                key == null ? "" : new String(key, StandardCharsets.UTF_8),
                DeadLetterHeaders.reason(record.headers()).flatMap(DeadLetterReason::of),
                Instant.ofEpochMilli(record.timestamp()),
                hasWords(record.value()));
    }

    private static boolean hasWords(byte @Nullable [] value) {
        String beginning = value == null
                ? ""
                : new String(value, 0, Math.min(value.length, KIND.length() + 10), StandardCharsets.UTF_8);
        return !beginning.startsWith(KIND) || beginning.startsWith("message\"", KIND.length());
    }

    Of words() {
        if (topic.equals(Topics.CHAT_EVENT.deadLetters().name())) {
            return Of.AGENT;
        }
        return topic.equals(Topics.REPLY_REQUESTED.deadLetters().name()) ? Of.REPLY : Of.CUSTOMER;
    }

    /// Whether the flow that wrote it has notified the agent.
    boolean isKnown() {
        return reason.filter(why -> switch (why) {
                    case PART_REFUSED -> true;
                    case REFUSED, UNEXPECTED -> words() != Of.CUSTOMER;
                    case UNREADABLE, UNWRITABLE, TOO_LARGE -> false;
                })
                .isPresent();
    }

    /// Whether the flow that wrote it has notified the agent if there was an open chat, and only then.
    boolean isKnownInChat() {
        return topic.equals(Topics.TURN_CLOSED.deadLetters().name())
                && reason.filter(DeadLetterReason.UNEXPECTED::equals).isPresent();
    }

    @Override
    public String toString() {
        return "DeadLetter[" + id + "]";
    }
}
