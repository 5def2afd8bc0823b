package lull.ingress.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import lull.contract.message.AccountEvent;
import lull.contract.message.CustomerAlias;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.MessageStatus;
import lull.contract.message.Source;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.ingress.webhook.IngressRecord.Facts;
import lull.ingress.webhook.RawJson.Member;
import lull.ingress.webhook.ValueReader.Contact;
import org.jspecify.annotations.Nullable;

/// Takes apart what came in by a door: each message, status and change of each entry becomes a record of its own.
/// It never fails; what it does not understand is kept raw, so that nothing is lost and one bad element costs none
/// of its neighbours.
///
/// It knows Meta's webhook, the parts of it that Meta's dashboard and AWS send by themselves (an entry, a change),
/// the event of AWS End User Messaging Social, and the envelopes that SNS, SQS and Lambda put around that.
public final class WebhookReader {

    private static final String MESSAGES = "messages";
    private static final String STATUSES = "statuses";
    private static final String CONTACTS = "contacts";
    private static final String METADATA = "metadata";
    private static final String ERRORS = "errors";
    private static final String VALUE = "value";
    private static final String CALLS = "calls";

    /// What the metadata of a value is known to hold.
    private static final Set<String> METADATA_MEMBERS = Set.of("display_phone_number", "phone_number_id");

    /// What an event of AWS holds besides the entry; it says by which way the entry came.
    private static final Set<String> EVENT_FRAME =
            Set.of("context", "aws_account_id", "message_timestamp", "messageId");

    /// What the envelope of SNS holds besides the message; the same.
    private static final Set<String> SNS_FRAME = Set.of(
            "Type",
            "MessageId",
            "TopicArn",
            "Subject",
            "Timestamp",
            "SignatureVersion",
            "Signature",
            "SigningCertURL",
            "SigningCertUrl",
            "UnsubscribeURL",
            "UnsubscribeUrl",
            "MessageAttributes",
            "SequenceNumber");

    /// What Lambda's record of a notification or of a queued message holds besides it; the same.
    private static final Set<String> LAMBDA_FRAME = Set.of(
            "EventSource",
            "EventVersion",
            "EventSubscriptionArn",
            "eventSource",
            "eventSourceARN",
            "awsRegion",
            "messageId",
            "receiptHandle",
            "attributes",
            "messageAttributes",
            "md5OfBody",
            "md5OfMessageAttributes");

    private static final String NO_FRAME = "Neither a webhook nor a part of one";

    /// How much the records of a body may have in all, as a multiple of the body: one name or number that many
    /// messages share could else become far more than came in.
    private static final int MAX_GROWTH = 4;

    /// How many envelopes may be within each other; more than AWS and Lambda put around an event.
    private static final int MAX_FRAMES = 6;

    private static final int MAX_ALIAS_BYTES = 64 * 1024;

    private static final int FREE_GROWTH = 1024 * 1024;

    private final InputRoutes routes;
    private final Source source;

    /// A reader of what comes by one door from one app.
    public WebhookReader(InputRoutes routes, Source source) {
        this.routes = routes;
        this.source = source;
    }

    /// The records of a body, in its order.
    public List<IngressRecord> read(byte[] body, Instant receivedAt) {
        Reading reading = new Reading(receivedAt, (long) body.length * MAX_GROWTH + FREE_GROWTH);
        try {
            if (!reading.frame(RawJson.whole(body).members(), Arns.NONE)) {
                return List.of(unparsed(body, NO_FRAME));
            }
            return reading.found;
        } catch (UnreadableJson e) {
            return withWhole(reading.found, unparsed(body, String.valueOf(e.getMessage())));
        } catch (TooMuch e) {
            return withWhole(reading.found, unparsed(body, "Its parts would be much larger than the webhook itself"));
        }
    }

    /// What was found before the reading ended, and the whole body for the rest.
    private static List<IngressRecord> withWhole(List<IngressRecord> found, IngressRecord whole) {
        List<IngressRecord> records = new ArrayList<>(found);
        records.add(whole);
        return records;
    }

    private IngressRecord unparsed(byte[] raw, String reason) {
        return new IngressRecord(
                Topics.WEBHOOK_UNPARSED.name(),
                IngressRecord.Kind.UNPARSED,
                null,
                raw,
                Map.of("lull-reason", reason, "lull-door", source.door(), "lull-app", source.app()));
    }

    /// The records would be out of proportion to what came in.
    private static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// An entry's own facts, for its changes.
    private record Entry(String account, @Nullable Instant at, Arns arns) {}

    /// The reading of one body.
    private final class Reading {
        private final Instant receivedAt;
        private final List<IngressRecord> found = new ArrayList<>();
        private long allowance;
        private int envelopes;

        Reading(Instant receivedAt, long allowance) {
            this.receivedAt = receivedAt;
            this.allowance = allowance;
        }

        /// Reads whatever may frame entries; returns whether it is such a frame.
        boolean frame(List<Member> members, Arns arns) throws UnreadableJson {
            UnconsumedMembers frame = new UnconsumedMembers(members);
            if (frame.has("entry", RawJson::isList)) {
                frame.takeIf("object", value -> text(value).equals("whatsapp_business_account"));
                frame.takeElements("entry").forEach(entry -> entry(entry, arns));
            } else if (frame.has("changes", RawJson::isList)) {
                changes(frame, arns);
            } else if (frame.has(VALUE, RawJson::isObject)) {
                change(new Entry("", null, arns), frame, frame.json());
            } else if (frame.has("whatsAppWebhookEntry", value -> value.isObject() || value.isText())) {
                eventOfAws(frame);
            } else if (frame.has("TopicArn", RawJson::isText) && frame.has("Message", RawJson::isText)) {
                frame.take("Message").forEach(message -> inner(message, Arns.NONE));
                SNS_FRAME.forEach(frame::take);
            } else if (frame.has("Records", RawJson::isList)) {
                frame.takeElements("Records").forEach(this::lambdaRecord);
            } else {
                return false;
            }
            frame.rest().ifPresent(rest -> event("", new Entry("", null, arns), "", rest));
            return true;
        }

        /// A frame that stands in another one, as an object or as text. Where it is none it is kept as it is.
        private void inner(RawJson piece, Arns arns) {
            if (envelopes == MAX_FRAMES) {
                keep(piece, "Too many nested envelopes");
                return;
            }
            envelopes++;
            try {
                RawJson inner = piece.isText() ? RawJson.whole(Json.utf8(text(piece))) : piece;
                List<Member> members = inner.members();
                if (members.isEmpty()) {
                    keep(piece, NO_FRAME);
                } else if (!frame(members, arns)) {
                    // An entry without changes that can be read.
                    Entry entry = new Entry(new UnconsumedMembers(members).takeText("id"), null, arns);
                    event("", entry, entry.account(), new UnconsumedMembers(members).json());
                }
            } catch (UnreadableJson e) {
                keep(piece, String.valueOf(e.getMessage()));
            } finally {
                envelopes--;
            }
        }

        private void eventOfAws(UnconsumedMembers frame) {
            Arns arns = Arns.NONE;
            for (RawJson context : frame.take("context")) {
                arns = Arns.of(tree(context));
            }
            for (RawJson entry : frame.take("whatsAppWebhookEntry")) {
                inner(entry, arns);
            }
            EVENT_FRAME.forEach(frame::take);
        }

        private void lambdaRecord(RawJson record) {
            try {
                UnconsumedMembers members = new UnconsumedMembers(record.members());
                List<RawJson> frames = new ArrayList<>(members.take("body"));
                List<UnconsumedMembers> around = new ArrayList<>(List.of(members));
                for (RawJson sns : members.peek("Sns")) {
                    UnconsumedMembers envelope = new UnconsumedMembers(sns.members());
                    frames.addAll(envelope.take("Message"));
                    SNS_FRAME.forEach(envelope::take);
                    around.add(envelope);
                }
                if (frames.isEmpty()) {
                    keep(record, NO_FRAME);
                    return;
                }
                frames.forEach(frame -> inner(frame, Arns.NONE));
                members.takeIf("Sns", RawJson::isObject);
                LAMBDA_FRAME.forEach(members::take);
                for (UnconsumedMembers object : around) {
                    object.rest().ifPresent(rest -> event("", new Entry("", null, Arns.NONE), "", rest));
                }
            } catch (UnreadableJson e) {
                keep(record, String.valueOf(e.getMessage()));
            }
        }

        private void entry(RawJson piece, Arns arns) {
            try {
                UnconsumedMembers entry = new UnconsumedMembers(piece.members());
                if (entry.has("changes", RawJson::isList)) {
                    changes(entry, arns);
                    Entry facts = new Entry(lastText(entry, "id"), null, arns);
                    entry.rest().ifPresent(rest -> event("", facts, facts.account(), rest));
                } else {
                    Entry facts = new Entry(entry.takeText("id"), null, arns);
                    event("", facts, facts.account(), piece.text());
                }
            } catch (UnreadableJson e) {
                keep(piece, String.valueOf(e.getMessage()));
            }
        }

        /// The changes of an entry; what else the entry holds is left over.
        private void changes(UnconsumedMembers entry, Arns arns) {
            Entry facts = new Entry(entry.takeText("id"), entry.takeTime("time"), arns);
            for (RawJson change : entry.takeElements("changes")) {
                try {
                    change(facts, new UnconsumedMembers(change.members()), change.text());
                } catch (UnreadableJson e) {
                    keep(change, String.valueOf(e.getMessage()));
                }
            }
        }

        /// @param raw the change as it came
        private void change(Entry entry, UnconsumedMembers change, String raw) throws UnreadableJson {
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
                // Another field, contacts that nobody wrote with, or no more than the frame.
                event(field, entry, number, raw);
                if (field.equals(CALLS)) {
                    for (RawJson value : values) {
                        calls(entry, new UnconsumedMembers(value.members()));
                    }
                }
            } else if (rest.isPresent()) {
                event(field, entry, number, rest.get());
            }
        }

        /// Calls of customers that are over become messages too, as they are something that a customer did.
        private void calls(Entry entry, UnconsumedMembers value) throws UnreadableJson {
            Business business = ValueReader.business(metadata(value), entry.account(), entry.arns());
            List<Contact> contacts = new ArrayList<>();
            for (RawJson piece : value.takeElements(CONTACTS)) {
                contacts.add(new Contact(piece, tree(piece)));
            }
            List<RawJson> calls = value.takeElements(CALLS);
            ValueReader reader = new ValueReader(
                    business,
                    contacts,
                    () -> new ValueReader.People(ids(calls, "from", "from_user_id"), ids(calls, "to", "to_user_id")));
            for (RawJson call : calls) {
                Optional<ObjectNode> over = CallReader.message(tree(call), business);
                if (over.isPresent()) {
                    Message message = reader.message(over.get(), receivedAt, source);
                    add(
                            call,
                            message.contact(),
                            entry,
                            new IngressRecord(
                                    routes.topicOf(business.phoneNumberId()),
                                    IngressRecord.Kind.MESSAGE,
                                    message.conversation().toString(),
                                    bytes(message, Json.text(over.get())),
                                    Map.of(),
                                    new Facts(message.id(), message.content().kind(), message.sentAt())));
                }
            }
        }

        /// Returns whether there was anything in it that stands for itself.
        private boolean value(Entry entry, UnconsumedMembers value, UnconsumedMembers metadata) throws UnreadableJson {
            if (!value.hasElements(MESSAGES) && !value.hasElements(STATUSES) && !value.hasElements(ERRORS)) {
                return false;
            }
            Business business = ValueReader.business(metadata, entry.account(), entry.arns());
            value.takeIf("messaging_product", product -> text(product).equals("whatsapp"));
            RawJson lastMetadata = value.last(METADATA);
            value.takeIf(METADATA, piece -> piece.equals(lastMetadata) && holdsOnly(piece, METADATA_MEMBERS));
            List<Contact> contacts = new ArrayList<>();
            List<RawJson> unknown = new ArrayList<>();
            for (RawJson piece : value.takeElements(CONTACTS)) {
                JsonNode tree = tree(piece);
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
                event(ERRORS, entry, number, error);
            }
            unknown.addAll(reader.unmatched());
            if (!unknown.isEmpty()) {
                event(MESSAGES, entry, number, "{\"contacts\":" + list(unknown) + "}");
            }
            Optional<String> rest = value.rest();
            if (rest.isPresent()) {
                event(MESSAGES, entry, number, rest.get());
            }
            return true;
        }

        private void message(ValueReader reader, Entry entry, String number, RawJson piece) {
            try {
                JsonNode tree = piece.tree();
                if (!tree.isObject()) {
                    event(MESSAGES, entry, number, piece);
                    return;
                }
                Message message = reader.message(tree, receivedAt, source);
                add(
                        piece,
                        message.contact(),
                        entry,
                        new IngressRecord(
                                routes.topicOf(number),
                                IngressRecord.Kind.MESSAGE,
                                message.conversation().toString(),
                                bytes(message, piece.text()),
                                Map.of(),
                                new Facts(message.id(), message.content().kind(), message.sentAt())));
                aliases(Aliases.of(message));
            } catch (UnreadableJson e) {
                keep(piece, String.valueOf(e.getMessage()));
            }
        }

        private void status(ValueReader reader, Entry entry, String number, RawJson piece) {
            try {
                JsonNode tree = piece.tree();
                if (!tree.isObject()) {
                    event(STATUSES, entry, number, piece);
                    return;
                }
                MessageStatus status = reader.status(piece, tree, receivedAt, source);
                add(
                        piece,
                        status.contact(),
                        entry,
                        new IngressRecord(
                                Topics.MESSAGE_STATUS.name(),
                                IngressRecord.Kind.STATUS,
                                status.conversation().toString(),
                                Json.bytes(status),
                                Map.of()));
            } catch (UnreadableJson e) {
                keep(piece, String.valueOf(e.getMessage()));
            }
        }

        private void aliases(List<CustomerAlias> aliases) {
            for (CustomerAlias alias : aliases) {
                IngressRecord record = new IngressRecord(
                        Topics.CUSTOMER_ALIAS.name(),
                        IngressRecord.Kind.ALIAS,
                        alias.oldId(),
                        Json.bytes(alias),
                        Map.of());
                // What tells of so long an id is kept whole, and nobody has such an id.
                if (record.size() <= MAX_ALIAS_BYTES) {
                    add(record);
                }
            }
        }

        private void event(String field, Entry entry, String key, RawJson piece) {
            try {
                event(field, entry, key, piece.text());
            } catch (UnreadableJson e) {
                keep(piece, String.valueOf(e.getMessage()));
            }
        }

        private void event(String field, Entry entry, String key, String raw) {
            AccountEvent event = new AccountEvent(
                    field,
                    entry.account().isEmpty() ? null : entry.account(),
                    entry.at(),
                    receivedAt,
                    source,
                    Json.verbatim(raw));
            byte[] bytes = Json.utf8(raw);
            try {
                // An event that nobody can read is none.
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

        /// Keeps a part that cannot be read, or is too much for a record, as it is.
        private void keep(RawJson piece, String reason) {
            add(unparsed(piece.copy(), reason));
        }

        /// @param contact what goes with the piece
        private void add(RawJson piece, @Nullable JsonNode contact, Entry entry, IngressRecord record) {
            if (record.size() > Topic.MAX_VALUE_BYTES) {
                keep(piece, "Larger than a record may be");
                if (contact != null) {
                    event(MESSAGES, entry, entry.account(), "{\"contacts\":[" + Json.text(contact) + "]}");
                }
            } else {
                add(record);
            }
        }

        private void add(IngressRecord record) {
            allowance -= record.size();
            if (allowance < 0) {
                throw new TooMuch();
            }
            found.add(record);
        }

        /// The tree of a part that only helps to read others; one that cannot be read helps nobody.
        private static JsonNode tree(RawJson piece) {
            try {
                return piece.tree();
            } catch (UnreadableJson e) {
                return MissingNode.getInstance();
            }
        }

        private static String text(RawJson piece) {
            return piece.scalar().orElse("");
        }

        private static String lastText(UnconsumedMembers members, String name) {
            RawJson last = members.last(name);
            return last == null ? "" : text(last);
        }

        private static boolean isObject(@Nullable RawJson piece) {
            return piece != null && piece.isObject();
        }

        private static UnconsumedMembers metadata(UnconsumedMembers value) throws UnreadableJson {
            RawJson last = value.last(METADATA);
            return new UnconsumedMembers(last == null ? List.of() : last.members());
        }

        private static Set<String> ids(List<RawJson> pieces, String... names) {
            Set<String> ids = new HashSet<>();
            for (RawJson piece : pieces) {
                JsonNode tree = tree(piece);
                for (String name : names) {
                    Texts.of(tree, name).ifPresent(ids::add);
                }
            }
            return ids;
        }

        /// Whether an object has nothing but a text or number for some of these names, and for each at most one.
        private static boolean holdsOnly(RawJson object, Set<String> names) {
            try {
                Set<String> left = new HashSet<>(names);
                return object.isObject()
                        && object.members().stream()
                                .allMatch(member -> left.remove(member.name())
                                        && member.value().isScalar());
            } catch (UnreadableJson e) {
                return false;
            }
        }
    }

    /// A message whose raw part is written as it came.
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
