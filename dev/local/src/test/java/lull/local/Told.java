package lull.local;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lull.contract.topic.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What a webhook tells, found by a walk over its tree that knows nothing of the ingress, and whether records tell
/// all of it: each message and status as a record of its own, everything else somewhere in one. What a customer did
/// without a message (an ended call, a take-over) is told twice: as an event, and as a message that holds it.
final class Told {

    private static final ObjectMapper TREES = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final Set<String> METADATA = Set.of("display_phone_number", "phone_number_id");
    private static final Set<String> EVENT =
            Set.of("whatsAppWebhookEntry", "context", "aws_account_id", "message_timestamp", "messageId");

    private final List<JsonNode> messages = new ArrayList<>();
    private final List<JsonNode> deeds = new ArrayList<>();
    private final List<Sender> senders = new ArrayList<>();
    private final List<JsonNode> statuses = new ArrayList<>();
    private final List<JsonNode> contacts = new ArrayList<>();
    private final List<JsonNode> others = new ArrayList<>();
    private final List<Map.Entry<String, JsonNode>> members = new ArrayList<>();
    private final List<byte[]> unreadable = new ArrayList<>();

    /// Whose message it must be.
    private record Sender(JsonNode message, String number, String customer) {}

    private Told() {}

    /// What a body tells.
    static Told by(byte[] body) {
        Told told = new Told();
        JsonNode tree = tree(body);
        if (!told.frame(tree)) {
            told.unreadable.add(body);
        }
        return told;
    }

    /// How many parts it tells of.
    int size() {
        return messages.size() + deeds.size() + statuses.size() + others.size() + members.size() + unreadable.size();
    }

    /// What of it the records do not tell, in words; empty where they tell all.
    List<String> missingIn(List<ConsumerRecord<String, byte[]>> records) {
        List<String> missing = new ArrayList<>();
        List<JsonNode> gotMessages = raws(records, Topics.MESSAGE_RECEIVED.name());
        List<JsonNode> gotStatuses = raws(records, Topics.MESSAGE_STATUS.name());
        List<JsonNode> gotDeeds =
                gotMessages.stream().filter(Told::isOfDeed).map(Told::deed).toList();
        gotMessages = gotMessages.stream().filter(message -> !isOfDeed(message)).toList();
        compare("message", messages, gotMessages, missing);
        compare("deed", deeds, gotDeeds, missing);
        compare("status", statuses, gotStatuses, missing);
        for (Sender sender : senders) {
            if (records.stream().noneMatch(record -> isOf(sender, record))) {
                missing.add("a message of " + sender + " under its conversation");
            }
        }
        List<JsonNode> whole = new ArrayList<>(raws(records, Topics.ACCOUNT_EVENT.name()));
        records.stream()
                .filter(record -> record.topic().equals(Topics.WEBHOOK_UNPARSED.name()))
                .forEach(record -> whole.add(tree(record.value())));
        List<JsonNode> kept = new ArrayList<>();
        whole.forEach(raw -> collect(raw, kept));
        for (Map.Entry<String, JsonNode> member : members) {
            if (kept.stream().noneMatch(node -> member.getValue().equals(node.get(member.getKey())))) {
                missing.add("member " + member);
            }
        }
        for (JsonNode other : others) {
            // Each is found as often as it was told. Any number or null may stand in something else by chance.
            boolean inIt = kept.remove(other);
            if (!whole.remove(other) && (other.isValueNode() || !inIt)) {
                missing.add("other " + other);
            }
        }
        List<JsonNode> known = new ArrayList<>(kept);
        records.forEach(record -> known.add(tree(record.value()).path("contact")));
        contacts.stream()
                .filter(contact -> !known.contains(contact))
                .forEach(contact -> missing.add("contact " + contact));
        for (byte[] bytes : unreadable) {
            if (records.stream()
                    .noneMatch(record -> record.topic().equals(Topics.WEBHOOK_UNPARSED.name())
                            && Arrays.equals(record.value(), bytes))) {
                missing.add("the bytes of the body");
            }
        }
        return missing;
    }

    private static boolean isOf(Sender sender, ConsumerRecord<String, byte[]> record) {
        boolean unidentified = sender.customer().isEmpty();
        String key = sender.number() + "|" + (unidentified ? "unidentified:" : sender.customer());
        return record.topic().equals(Topics.MESSAGE_RECEIVED.name())
                && tree(record.value()).path("raw").equals(sender.message())
                && (unidentified ? record.key().startsWith(key) : record.key().equals(key))
                && tree(record.value()).path("conversation").asText().equals(record.key());
    }

    /// Whether a message was made of something else that a customer did.
    private static boolean isOfDeed(JsonNode message) {
        return List.of("call", "take_over").contains(message.path("type").asText());
    }

    private static JsonNode deed(JsonNode message) {
        return message.path(message.path("type").asText());
    }

    private static void compare(String what, List<JsonNode> told, List<JsonNode> found, List<String> missing) {
        List<JsonNode> left = new ArrayList<>(found);
        for (JsonNode one : told) {
            if (!left.remove(one)) {
                missing.add(what + " " + one);
            }
        }
        left.forEach(one -> missing.add("nobody told the " + what + " " + one));
    }

    private static List<JsonNode> raws(List<ConsumerRecord<String, byte[]>> records, String topic) {
        return records.stream()
                .filter(record -> record.topic().equals(topic))
                .map(record -> tree(record.value()))
                // An answer says again what a status tells.
                .filter(value -> !value.path("kind").asText().equals("answer"))
                .map(value -> value.path("raw"))
                .toList();
    }

    private static void collect(JsonNode node, List<JsonNode> all) {
        all.add(node);
        node.forEach(child -> collect(child, all));
    }

    private boolean frame(JsonNode frame) {
        if (frame.path("entry").isArray()) {
            frame.path("entry").forEach(this::entry);
            rest(frame, Map.of("object", "whatsapp_business_account"), Set.of("entry"));
        } else if (frame.path("changes").isArray()) {
            entry(frame);
        } else if (frame.path("value").isObject()) {
            change(frame, "");
        } else if (frame.has("whatsAppWebhookEntry")) {
            JsonNode inner = frame.path("whatsAppWebhookEntry");
            event(inner.isTextual() ? tree(inner.textValue().getBytes(StandardCharsets.UTF_8)) : inner);
            rest(frame, Map.of(), EVENT);
        } else {
            return false;
        }
        return true;
    }

    private void event(JsonNode inner) {
        if (!frame(inner)) {
            others.add(inner);
        }
    }

    private void entry(JsonNode entry) {
        if (!entry.path("changes").isArray()) {
            others.add(entry);
            return;
        }
        entry.path("changes").forEach(change -> change(change, entry.path("id").asText()));
        rest(entry, Map.of(), Set.of("id", "time", "changes"));
    }

    private void change(JsonNode change, String account) {
        JsonNode value = change.path("value");
        deeds(change.path("field").asText(), value);
        boolean ofMessages = change.path("field").asText("").equals("messages") || !change.has("field");
        boolean empty = List.of("messages", "statuses", "errors").stream()
                .allMatch(
                        list -> !value.path(list).isArray() || value.path(list).isEmpty());
        if (!ofMessages || !value.isObject() || empty || (!change.has("field") && !value.has("metadata"))) {
            others.add(change);
            return;
        }
        rest(change, Map.of(), Set.of("field", "value"));
        value(value, account);
    }

    private void deeds(String field, JsonNode value) {
        JsonNode passed = value.path("control_passed");
        if (field.equals("messaging_handovers")
                && passed.path("previous_owner_role").asText().equals("ai_agent")
                && !passed.path("new_owner_role").asText("ai_agent").equals("ai_agent")) {
            deeds.add(value);
        }
        if (field.equals("calls")) {
            for (JsonNode call : value.path("calls")) {
                if (call.path("event").asText().equals("terminate")
                        && call.path("direction").asText().equals("USER_INITIATED")) {
                    deeds.add(call);
                }
            }
        }
    }

    private void value(JsonNode value, String account) {
        JsonNode metadata = value.path("metadata");
        String number = metadata.path("phone_number_id")
                .asText(metadata.path("display_phone_number").asText(account));
        for (JsonNode message : value.path("messages")) {
            if (message.isObject()) {
                messages.add(message);
                senders.add(new Sender(message, number, customer(message, value)));
            } else {
                others.add(message);
            }
        }
        value.path("statuses").forEach(status -> (status.isObject() ? statuses : others).add(status));
        value.path("errors").forEach(others::add);
        value.path("contacts").forEach(contacts::add);
        rest(metadata, Map.of(), METADATA);
        rest(
                value,
                Map.of("messaging_product", "whatsapp"),
                Set.of("metadata", "messages", "statuses", "errors", "contacts"));
    }

    /// A group, else a user id, else a phone number; empty where there is none.
    private static String customer(JsonNode message, JsonNode value) {
        if (message.has("group_id")) {
            return "group:" + message.path("group_id").asText();
        }
        JsonNode contact = MissingNode.getInstance();
        boolean anonymous = !message.has("from") && !message.has("from_user_id");
        for (JsonNode candidate : value.path("contacts")) {
            boolean same = same(candidate, "wa_id", message, "from")
                    || same(candidate, "user_id", message, "from_user_id")
                    || (anonymous && value.path("contacts").size() == 1);
            contact = contact.isMissingNode() && same ? candidate : contact;
        }
        JsonNode notice = message.path("system");
        for (JsonNode id : List.of(
                message.path("from_user_id"),
                contact.path("user_id"),
                message.path("from"),
                contact.path("wa_id"),
                notice.path("user_id"),
                notice.path("wa_id"))) {
            if (!id.asText("").isEmpty()) {
                return id.asText();
            }
        }
        return "";
    }

    private static boolean same(JsonNode contact, String id, JsonNode message, String sender) {
        return contact.has(id)
                && contact.path(id).asText().equals(message.path(sender).asText(null));
    }

    private void rest(JsonNode object, Map<String, String> constants, Set<String> known) {
        object.properties().stream()
                .filter(member -> !known.contains(member.getKey()))
                .filter(member -> !member.getValue().asText().equals(constants.get(member.getKey())))
                .forEach(members::add);
    }

    private static JsonNode tree(byte[] json) {
        try {
            return TREES.readTree(json);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
