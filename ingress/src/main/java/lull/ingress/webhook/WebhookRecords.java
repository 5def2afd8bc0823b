package lull.ingress.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.AccountEvent;
import lull.contract.message.Source;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import org.jspecify.annotations.Nullable;

/// Collector of the records of one body, in its order. Anything that is too large for a record or
/// cannot be read is kept as unparsed. Used by one thread.
final class WebhookRecords {

    /// The field of changes with messages, and the member of that name in their values.
    static final String MESSAGES = "messages";

    /// The maximum total size of a body's records, as a multiple of the body's size: one name or number
    /// that many messages share could otherwise multiply it.
    private static final int MAX_GROWTH = 4;

    private static final int FREE_GROWTH = 1024 * 1024;

    private final Source source;
    private final Instant receivedAt;
    private final List<IngressRecord> found = new ArrayList<>();
    private long allowance;

    /// @param bodyBytes size of the body
    WebhookRecords(Source source, Instant receivedAt, int bodyBytes) {
        this.source = source;
        this.receivedAt = receivedAt;
        this.allowance = (long) bodyBytes * MAX_GROWTH + FREE_GROWTH;
    }

    /// Thrown if the records would be out of proportion to the body.
    static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    List<IngressRecord> found() {
        return List.copyOf(found);
    }

    void event(String field, EntryFacts entry, String key, RawJson piece) {
        try {
            event(field, entry, key, piece.text());
        } catch (UnreadableJson e) {
            keep(piece, String.valueOf(e.getMessage()));
        }
    }

    void event(String field, EntryFacts entry, String key, String raw) {
        AccountEvent event = new AccountEvent(
                field,
                entry.account().isEmpty() ? null : entry.account(),
                entry.at(),
                receivedAt,
                source,
                Json.verbatim(raw));
        byte[] bytes = Json.utf8(raw);
        try {
            // An event must be readable.
            new RawJson(bytes, 0, bytes.length).tree();
        } catch (UnreadableJson e) {
            add(unparsed(bytes, String.valueOf(e.getMessage())));
            return;
        }
        IngressRecord record = new IngressRecord(
                Topics.ACCOUNT_EVENT.name(),
                IngressRecord.Kind.EVENT,
                key.isEmpty() ? null : key,
                Json.bytes(event),
                Map.of());
        if (record.size() > Topic.MAX_VALUE_BYTES) {
            add(unparsed(bytes, "Larger than a record may be"));
        } else {
            add(record);
        }
    }

    /// Keeps a part unchanged that cannot be read or is too large for a record.
    void keep(RawJson piece, String reason) {
        add(unparsed(piece.copy(), reason));
    }

    /// @param contact the contact that belongs to the part
    void add(RawJson piece, @Nullable JsonNode contact, EntryFacts entry, IngressRecord record) {
        if (record.size() > Topic.MAX_VALUE_BYTES) {
            keep(piece, "Larger than a record may be");
            if (contact != null) {
                event(MESSAGES, entry, entry.account(), "{\"contacts\":[" + Json.text(contact) + "]}");
            }
        } else {
            add(record);
        }
    }

    void add(IngressRecord record) {
        allowance -= record.size();
        if (allowance < 0) {
            throw new TooMuch();
        }
        found.add(record);
    }

    IngressRecord unparsed(byte[] raw, String reason) {
        return new IngressRecord(
                Topics.WEBHOOK_UNPARSED.name(),
                IngressRecord.Kind.UNPARSED,
                null,
                raw,
                Map.of("lull-reason", reason, "lull-door", source.door(), "lull-app", source.app()));
    }
}
