package lull.ingress.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import lull.contract.Business;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Answer;
import lull.contract.message.ControlPassed;
import lull.contract.message.CustomerAlias;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.MessageStatus;
import lull.contract.message.Source;
import lull.contract.topic.Topics;
import lull.ingress.webhook.IngressRecord.MessageStats;
import lull.ingress.webhook.ValueReader.Contact;
import org.jspecify.annotations.Nullable;

/// Reader of the changes of one body. Each message, status, error and ended call in a change becomes a
/// record of its own. The status `sent` of a reply also becomes an answer. Anything else in a change,
/// or a change of another field, becomes an event. Used by one thread.
final class ChangeReader {

    private static final String MESSAGES = WebhookRecords.MESSAGES;
    private static final String STATUSES = "statuses";
    private static final String CONTACTS = "contacts";
    private static final String METADATA = "metadata";
    private static final String ERRORS = "errors";
    private static final String VALUE = "value";
    private static final String CALLS = "calls";

    /// The known members of a value's metadata.
    private static final Set<String> METADATA_MEMBERS = Set.of("display_phone_number", "phone_number_id");

    private static final int MAX_ALIAS_BYTES = 64 * 1024;

    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    private final InputRoutes routes;
    private final Source source;
    private final Instant receivedAt;
    private final WebhookRecords records;

    ChangeReader(InputRoutes routes, Source source, Instant receivedAt, WebhookRecords records) {
        this.routes = routes;
        this.source = source;
        this.receivedAt = receivedAt;
        this.records = records;
    }

    /// Reads the changes of an entry; other members of the entry stay unconsumed.
    void readAll(UnconsumedMembers entry, Arns arns) {
        EntryFacts facts = new EntryFacts(entry.takeText("id"), entry.takeTime("time"), arns);
        for (RawJson change : entry.takeElements("changes")) {
            try {
                read(facts, new UnconsumedMembers(change.members()), change.text());
            } catch (UnreadableJson e) {
                records.keep(change, String.valueOf(e.getMessage()));
            }
        }
    }

    /// @param raw the change as it arrived
    void read(EntryFacts entry, UnconsumedMembers change, String raw) throws UnreadableJson {
        String field = change.takeText("field");
        List<RawJson> values = change.take(VALUE);
        String number = entry.account();
        boolean read = !values.isEmpty();
        for (RawJson value : values) {
            UnconsumedMembers inside = new UnconsumedMembers(value.members());
            UnconsumedMembers metadata = metadata(inside);
            number = metadata.text("phone_number_id").orElse(number);
            if (field.equals(MESSAGES) || (field.isEmpty() && isObject(inside.last(METADATA)))) {
                read &= value.isObject() && value(entry, inside, metadata);
            } else {
                read = false;
            }
        }
        Optional<String> rest = change.rest();
        if (!read) {
            // Another field, contacts that belong to no message or status, or nothing but the frame.
            records.event(field, entry, number, raw);
            if (field.equals(CALLS)) {
                for (RawJson value : values) {
                    calls(entry, new UnconsumedMembers(value.members()));
                }
            }
            if (field.equals(ControlPassed.FIELD)) {
                for (RawJson value : values) {
                    takeOver(entry, value);
                }
            }
        } else if (rest.isPresent()) {
            records.event(field, entry, number, rest.get());
        }
    }

    /// A customer whom Meta Business Agent leaves to the business becomes a message too, because the
    /// customer waits.
    private void takeOver(EntryFacts entry, RawJson value) throws UnreadableJson {
        JsonNode tree = value.treeIfReadable();
        ControlPassed passed = ControlPassed.of(tree).orElse(null);
        Optional<ObjectNode> message = TakeOverReader.message(tree);
        if (passed == null || message.isEmpty()) {
            return;
        }
        String number = passed.businessNumber().replace('|', '_');
        Business business = new Business(
                number,
                passed.displayPhoneNumber(),
                entry.account().isBlank() ? null : entry.account(),
                entry.arns().of(number).orElse(null));
        ValueReader reader = new ValueReader(business, List.of(), () -> new ValueReader.People(Set.of(), Set.of()));
        message(reader, entry, number, value, message.get());
    }

    /// Customers' calls that have ended become messages too, because the customer did something.
    private void calls(EntryFacts entry, UnconsumedMembers value) throws UnreadableJson {
        Business business = ValueReader.business(metadata(value), entry.account(), entry.arns());
        List<Contact> contacts = new ArrayList<>();
        for (RawJson piece : value.takeElements(CONTACTS)) {
            contacts.add(new Contact(piece, piece.treeIfReadable()));
        }
        List<RawJson> calls = value.takeElements(CALLS);
        ValueReader reader = new ValueReader(
                business,
                contacts,
                () -> new ValueReader.People(ids(calls, "from", "from_user_id"), ids(calls, "to", "to_user_id")));
        for (RawJson call : calls) {
            Optional<ObjectNode> over = CallReader.message(call.treeIfReadable(), business);
            if (over.isPresent()) {
                message(reader, entry, business.phoneNumberId(), call, over.get());
            }
        }
    }

    /// Adds a message that was made of a piece that is no message.
    private void message(ValueReader reader, EntryFacts entry, String number, RawJson piece, ObjectNode made)
            throws UnreadableJson {
        Message message = reader.message(made, receivedAt, source);
        records.add(
                piece,
                message.contact(),
                entry,
                new IngressRecord(
                        routes.topicOf(number),
                        IngressRecord.Kind.MESSAGE,
                        message.conversation().toString(),
                        bytes(message, Json.text(made)),
                        Map.of(),
                        new MessageStats(message.id(), message.content().kind(), message.sentAt())));
    }

    /// Returns whether it contained anything that becomes a record of its own.
    private boolean value(EntryFacts entry, UnconsumedMembers value, UnconsumedMembers metadata) throws UnreadableJson {
        if (!value.hasElements(MESSAGES) && !value.hasElements(STATUSES) && !value.hasElements(ERRORS)) {
            return false;
        }
        Business business = ValueReader.business(metadata, entry.account(), entry.arns());
        value.takeIf("messaging_product", product -> product.textOrEmpty().equals("whatsapp"));
        RawJson lastMetadata = value.last(METADATA);
        value.takeIf(METADATA, piece -> piece.equals(lastMetadata) && holdsOnly(piece, METADATA_MEMBERS));
        List<Contact> contacts = new ArrayList<>();
        List<RawJson> unknown = new ArrayList<>();
        for (RawJson piece : value.takeElements(CONTACTS)) {
            JsonNode tree = piece.treeIfReadable();
            if (tree.isObject()) {
                contacts.add(new Contact(piece, tree));
            } else {
                unknown.add(piece);
            }
        }
        List<RawJson> messages = value.takeElements(MESSAGES);
        List<RawJson> statuses = value.takeElements(STATUSES);
        ValueReader reader = new ValueReader(
                business,
                contacts,
                () -> new ValueReader.People(
                        ids(messages, "from", "from_user_id"), ids(statuses, "recipient_id", "recipient_user_id")));
        String number = business.phoneNumberId();
        messages.forEach(message -> message(reader, entry, number, message));
        statuses.forEach(status -> status(reader, entry, number, status));
        for (RawJson error : value.takeElements(ERRORS)) {
            records.event(ERRORS, entry, number, error);
        }
        unknown.addAll(reader.unmatched());
        if (!unknown.isEmpty()) {
            records.event(MESSAGES, entry, number, "{\"contacts\":" + list(unknown) + "}");
        }
        Optional<String> rest = value.rest();
        if (rest.isPresent()) {
            records.event(MESSAGES, entry, number, rest.get());
        }
        return true;
    }

    private void message(ValueReader reader, EntryFacts entry, String number, RawJson piece) {
        try {
            JsonNode tree = piece.tree();
            if (!tree.isObject()) {
                records.event(MESSAGES, entry, number, piece);
                return;
            }
            Message message = reader.message(tree, receivedAt, source);
            records.add(
                    piece,
                    message.contact(),
                    entry,
                    new IngressRecord(
                            routes.topicOf(number),
                            IngressRecord.Kind.MESSAGE,
                            message.conversation().toString(),
                            bytes(message, piece.text()),
                            Map.of(),
                            new MessageStats(message.id(), message.content().kind(), message.sentAt())));
            aliases(Aliases.of(message));
        } catch (UnreadableJson e) {
            records.keep(piece, String.valueOf(e.getMessage()));
        }
    }

    private void status(ValueReader reader, EntryFacts entry, String number, RawJson piece) {
        try {
            JsonNode tree = piece.tree();
            if (!tree.isObject()) {
                records.event(STATUSES, entry, number, piece);
                return;
            }
            MessageStatus status = reader.status(piece, tree, receivedAt, source);
            records.add(
                    piece,
                    status.contact(),
                    entry,
                    new IngressRecord(
                            Topics.MESSAGE_STATUS.name(),
                            IngressRecord.Kind.STATUS,
                            status.conversation().toString(),
                            Json.bytes(status),
                            Map.of()));
            reader.answer(tree, receivedAt).ifPresent(answer -> answer(number, answer));
        } catch (UnreadableJson e) {
            records.keep(piece, String.valueOf(e.getMessage()));
        }
    }

    /// Adds a record that the business answered, for the aggregator, in the order of the customer's
    /// messages.
    private void answer(String number, Answer answer) {
        InputRecord value = answer;
        IngressRecord record = new IngressRecord(
                routes.topicOf(number),
                IngressRecord.Kind.ANSWER,
                answer.conversation().toString(),
                Json.bytes(value),
                Map.of());
        // The status is kept unchanged; WhatsApp returns at most 512 characters, so no real one is that long.
        if (record.size() <= MAX_ANSWER_BYTES) {
            records.add(record);
        }
    }

    private void aliases(List<CustomerAlias> aliases) {
        for (CustomerAlias alias : aliases) {
            IngressRecord record = new IngressRecord(
                    Topics.CUSTOMER_ALIAS.name(), IngressRecord.Kind.ALIAS, alias.oldId(), Json.bytes(alias), Map.of());
            // The message that reports such a long id is kept unchanged; no real id is that long.
            if (record.size() <= MAX_ALIAS_BYTES) {
                records.add(record);
            }
        }
    }

    private static UnconsumedMembers metadata(UnconsumedMembers value) throws UnreadableJson {
        RawJson last = value.last(METADATA);
        return new UnconsumedMembers(last == null ? List.of() : last.members());
    }

    private static Set<String> ids(List<RawJson> pieces, String... names) {
        Set<String> ids = new HashSet<>();
        for (RawJson piece : pieces) {
            JsonNode tree = piece.treeIfReadable();
            for (String name : names) {
                Texts.of(tree, name).ifPresent(ids::add);
            }
        }
        return ids;
    }

    /// Whether an object has no members except these names, each at most once and with a text or number
    /// as its value.
    private static boolean holdsOnly(RawJson object, Set<String> names) {
        try {
            Set<String> left = new HashSet<>(names);
            return object.isObject()
                    && object.members().stream()
                            .allMatch(member ->
                                    left.remove(member.name()) && member.value().isScalar());
        } catch (UnreadableJson e) {
            return false;
        }
    }

    private static boolean isObject(@Nullable RawJson piece) {
        return piece != null && piece.isObject();
    }

    /// Writes a message with its raw part as it arrived.
    private static byte[] bytes(Message message, String raw) {
        InputRecord record = new Message(
                message.id(),
                message.conversation(),
                message.receivedAt(),
                message.source(),
                message.business(),
                message.customer(),
                message.contact(),
                Json.verbatim(raw));
        return Json.bytes(record);
    }

    private static String list(List<RawJson> pieces) throws UnreadableJson {
        StringJoiner list = new StringJoiner(",", "[", "]");
        for (RawJson piece : pieces) {
            list.add(piece.text());
        }
        return list.toString();
    }
}
