package lull.cli.deadletters;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import lull.contract.ConversationKey;
import lull.contract.DeadLetterHandled;
import lull.contract.Masking;
import lull.contract.VisibleLine;
import lull.contract.topic.DeadLetterHeaders;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Dead letter with what its headers say.
///
/// @param record as it is in the dead-letter topic
/// @param topic to which it belongs
/// @param handled what was done with it; null: nothing yet
public record DeadLetter(
        ConsumerRecord<byte[], byte[]> record,
        String topic,
        @Nullable DeadLetterHandled handled) {

    private static final String UNKNOWN = "unknown";

    /// A contact of Amazon Connect, or a turn.
    private static final Pattern IMPERSONAL =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Za-z][A-Za-z0-9._-]*-[0-9]{1,9}-[0-9]{1,18}");

    /// The id by which operators name it.
    public String id() {
        return DeadLetterHandled.id(record.topic(), record.partition(), record.offset());
    }

    /// When it became a dead letter.
    public Instant at() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    /// The word of its reason, or the name of an exception of Kafka Streams.
    public String reason() {
        return DeadLetterHeaders.reason(record.headers()).map(VisibleLine::of).orElse(UNKNOWN);
    }

    /// What is wrong, in words that quote nothing.
    public String message() {
        return DeadLetterHeaders.message(record.headers()).map(VisibleLine::of).orElse(UNKNOWN);
    }

    /// The key of the record; empty if it has none.
    public String key() {
        return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    }

    /// The key in one line without what is personal: of a conversation without the customer's number, and of a key
    /// that is none of Lull's only its last characters.
    public String maskedKey() {
        String key = key();
        return VisibleLine.of(conversation()
                .map(ConversationKey::masked)
                .orElseGet(() -> IMPERSONAL.matcher(key).matches() ? key : Masking.masked(key)));
    }

    /// Whether its key is this conversation, or one of this customer.
    public boolean isOf(String conversation) {
        return key().equals(conversation)
                || conversation()
                        .filter(of -> of.customer().equals(conversation))
                        .isPresent();
    }

    /// Its size, in bytes.
    public int bytes() {
        return Math.max(0, record.serializedValueSize());
    }

    /// Everything but its value, for programs.
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("id", id());
        facts.put("topic", topic);
        DeadLetterHeaders.position(record.headers()).ifPresent(position -> facts.put("position", position));
        facts.put("at", at());
        facts.put("reason", reason());
        facts.put("message", message());
        DeadLetterHeaders.part(record.headers()).ifPresent(part -> facts.put("part", part));
        facts.put("key", key());
        facts.put("bytes", bytes());
        if (handled != null) {
            facts.put("handled", handled);
        }
        return facts;
    }

    private Optional<ConversationKey> conversation() {
        try {
            return Optional.of(ConversationKey.parse(key()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
