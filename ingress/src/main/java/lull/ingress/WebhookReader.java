package lull.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.AccountEvent;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.MessageStatus;
import lull.contract.message.Source;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;

/// Takes a webhook apart: each message, status and change of each entry becomes a record of its own. It never
/// fails; what it does not understand is kept raw, so that nothing is lost and one bad element costs none of its
/// neighbours.
final class WebhookReader {

    private static final String MESSAGES = "messages";
    private static final String STATUSES = "statuses";
    private static final String ERRORS = "errors";

    private static final Set<String> WEBHOOK = Set.of("object", "entry");
    private static final Set<String> ENTRY = Set.of("id", "time", "changes");
    private static final Set<String> CHANGE = Set.of("field", "value");

    /// Members of a `messages` value that belong to its messages and statuses, and say nothing by themselves.
    private static final Set<String> FRAME =
            Set.of("messaging_product", "metadata", "contacts", MESSAGES, STATUSES, ERRORS);

    private final String inputTopic;
    private final Source source;

    /// A reader of the webhooks of an app, whose messages go to an input topic.
    WebhookReader(String inputTopic, Source source) {
        this.inputTopic = inputTopic;
        this.source = source;
    }

    /// The records of a webhook's body, in its order.
    List<Outgoing> read(byte[] body, Instant receivedAt) {
        JsonNode webhook;
        try {
            webhook = Json.tree(body);
        } catch (UnreadableJson e) {
            return List.of(unparsed(body, String.valueOf(e.getMessage())));
        }
        Reading reading = new Reading(receivedAt);
        if (webhook.path("entry").isArray()) {
            webhook.path("entry").forEach(reading::entry);
            reading.besides(WEBHOOK, webhook, "", "", "");
        } else if (webhook.path("value").isObject()) {
            // The test button of Meta's dashboard sends a change without its frame.
            reading.change("", webhook);
        } else {
            return List.of(unparsed(body, "Neither entries nor a change"));
        }
        return writable(reading.found, body);
    }

    /// Written again, an element may be longer than it came, as emoji are escaped. What is more than a record
    /// takes stays in the webhook, which is kept as it came.
    private static List<Outgoing> writable(List<Outgoing> found, byte[] body) {
        List<Outgoing> writable = new ArrayList<>(found);
        if (writable.removeIf(record -> record.value().length > Topic.MAX_VALUE_BYTES)) {
            writable.add(unparsed(body, "An element is more than a record takes"));
        }
        return writable;
    }

    private static Outgoing unparsed(byte[] body, String reason) {
        return new Outgoing(
                Topics.WEBHOOK_UNPARSED.name(), Outgoing.Kind.UNPARSED, null, body, Map.of("lull-reason", reason));
    }

    /// The reading of one webhook.
    private final class Reading {
        private final Instant receivedAt;
        private final List<Outgoing> found = new ArrayList<>();

        Reading(Instant receivedAt) {
            this.receivedAt = receivedAt;
        }

        void entry(JsonNode entry) {
            String account = entry.path("id").asText("");
            JsonNode changes = entry.path("changes");
            if (changes.isArray()) {
                changes.forEach(change -> change(account, change));
                besides(ENTRY, entry, "", account, account);
            } else {
                event("", account, account, entry);
            }
        }

        void change(String account, JsonNode change) {
            JsonNode value = change.path("value");
            String field = change.path("field").asText("");
            boolean ofMessages = field.equals(MESSAGES) || (field.isEmpty() && value.has("metadata"));
            if (!ofMessages || !value.isObject()) {
                event(field, account, number(value, account), change);
                return;
            }
            int before = found.size();
            ValueReader identities = new ValueReader(account, value);
            elements(value, MESSAGES).forEach(message -> message(identities, account, message));
            elements(value, STATUSES).forEach(status -> status(identities, account, status));
            elements(value, ERRORS).forEach(error -> event(ERRORS, account, number(value, account), error));
            rest(account, value);
            besides(CHANGE, change, field, account, number(value, account));
            if (found.size() == before) {
                // Contacts without messages, say, or no more than the frame.
                event(field, account, number(value, account), change);
            }
        }

        private void message(ValueReader identities, String account, JsonNode raw) {
            if (!raw.isObject()) {
                event(MESSAGES, account, identities.business().phoneNumberId(), raw);
                return;
            }
            Message message = identities.message(raw, receivedAt, source);
            InputRecord record = message;
            found.add(new Outgoing(
                    inputTopic,
                    Outgoing.Kind.MESSAGE,
                    message.conversation().toString(),
                    Json.bytes(record),
                    Map.of()));
        }

        private void status(ValueReader identities, String account, JsonNode raw) {
            if (!raw.isObject()) {
                event(STATUSES, account, identities.business().phoneNumberId(), raw);
                return;
            }
            MessageStatus status = identities.status(raw, receivedAt, source);
            found.add(new Outgoing(
                    Topics.MESSAGE_STATUS.name(),
                    Outgoing.Kind.STATUS,
                    status.conversation().toString(),
                    Json.bytes(status),
                    Map.of()));
        }

        /// What a `messages` value holds besides messages, statuses and errors goes on as an event of its own.
        private void rest(String account, JsonNode value) {
            ObjectNode rest = Json.object();
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                boolean broken = Set.of(MESSAGES, STATUSES, ERRORS).contains(member.getKey())
                        && !member.getValue().isArray()
                        && !member.getValue().isNull();
                if (broken || !FRAME.contains(member.getKey())) {
                    rest.set(member.getKey(), member.getValue());
                }
            }
            if (!rest.isEmpty()) {
                event(MESSAGES, account, number(value, account), rest);
            }
        }

        /// What an object holds besides the members that were understood goes on as an event of its own.
        void besides(Set<String> understood, JsonNode object, String field, String account, String key) {
            ObjectNode rest = Json.object();
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                if (!understood.contains(member.getKey())) {
                    rest.set(member.getKey(), member.getValue());
                }
            }
            if (!rest.isEmpty()) {
                event(field, account, key, rest);
            }
        }

        private void event(String field, String account, String key, JsonNode raw) {
            AccountEvent event = new AccountEvent(field, account, receivedAt, source, raw);
            found.add(new Outgoing(
                    Topics.ACCOUNT_EVENT.name(),
                    Outgoing.Kind.EVENT,
                    key.isEmpty() ? null : key,
                    Json.bytes(event),
                    Map.of()));
        }
    }

    private static Iterable<JsonNode> elements(JsonNode value, String list) {
        JsonNode elements = value.path(list);
        return elements.isArray() ? elements : List.of();
    }

    private static String number(JsonNode value, String otherwise) {
        return value.path("metadata").path("phone_number_id").asText(otherwise);
    }
}
