package lull.cli.erasure;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Finder of a customer's records: those that have one of the customer's ids, and those whose key is the id
/// of a turn, a chat or a reply of such a record. What an agent wrote and what Connect repeats of the
/// customer's words has no id of the customer. Records that lead to others must be asked about before them.
/// For one thread.
final class Trail {

    /// Members of records that have the key of other records.
    private static final List<String> LEADS =
            List.of("/id", "/turnId", "/replyId", "/initialContactId", "/tells", "/origin/initialContactId");

    private final Mentions mentions;
    private final Set<String> keys;

    /// @param contacts of the customer in Amazon Connect that are known already
    Trail(Mentions mentions, Collection<String> contacts) {
        this.mentions = mentions;
        this.keys = new HashSet<>(contacts);
    }

    /// Whether a record is of the customer.
    boolean has(ConsumerRecord<byte[], byte[]> record) {
        boolean isFound = keys.contains(key(record)) || mentions.in(record);
        if (isFound) {
            follow(record.value());
        }
        return isFound;
    }

    private void follow(byte @Nullable [] value) {
        if (value == null) {
            return;
        }
        try {
            JsonNode record = Json.tree(value);
            for (String lead : LEADS) {
                String id = record.at(lead).asText();
                if (!id.isEmpty()) {
                    keys.add(id);
                }
            }
        } catch (UnreadableJson e) {
            // A dead letter that cannot be read leads nowhere.
        }
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    }
}
