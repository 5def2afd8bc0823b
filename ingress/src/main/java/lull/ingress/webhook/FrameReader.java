package lull.ingress.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.ingress.webhook.RawJson.Member;

/// Reader of the frames around changes in one body: Meta's webhook and its entries, the event of AWS
/// End User Messaging Social, and the envelopes of SNS, SQS and Lambda. An unknown member of a frame is
/// kept as an event. Used by one thread.
final class FrameReader {

    static final String NO_FRAME = "Neither a webhook nor a part of one";

    private static final String VALUE = "value";

    /// The members of an event of AWS besides the entry; they only describe how the entry was
    /// delivered.
    private static final Set<String> EVENT_FRAME =
            Set.of("context", "aws_account_id", "message_timestamp", "messageId");

    /// The members of SNS's envelope besides the message; they only describe the delivery too.
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

    /// The members of Lambda's record of a notification or queued message besides it; they only
    /// describe the delivery too.
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

    /// How deep envelopes may be nested; more than AWS and Lambda put around an event.
    private static final int MAX_FRAMES = 6;

    private final ChangeReader changes;
    private final WebhookRecords records;

    private int envelopes;

    FrameReader(ChangeReader changes, WebhookRecords records) {
        this.changes = changes;
        this.records = records;
    }

    /// Reads any frame of entries; returns whether it is one.
    boolean read(List<Member> members, Arns arns) throws UnreadableJson {
        UnconsumedMembers frame = new UnconsumedMembers(members);
        if (frame.has("entry", RawJson::isList)) {
            frame.takeIf("object", value -> value.textOrEmpty().equals("whatsapp_business_account"));
            frame.takeElements("entry").forEach(entry -> entry(entry, arns));
        } else if (frame.has("changes", RawJson::isList)) {
            changes.readAll(frame, arns);
        } else if (frame.has(VALUE, RawJson::isObject)) {
            changes.read(new EntryFacts("", null, arns), frame, frame.json());
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
        frame.rest().ifPresent(rest -> records.event("", new EntryFacts("", null, arns), "", rest));
        return true;
    }

    /// Reads a frame inside another one, given as an object or as text. If it is not a frame, it is
    /// kept unchanged.
    private void inner(RawJson piece, Arns arns) {
        if (envelopes == MAX_FRAMES) {
            records.keep(piece, "Too many nested envelopes");
            return;
        }
        envelopes++;
        try {
            RawJson inner = piece.isText() ? RawJson.whole(Json.utf8(piece.textOrEmpty())) : piece;
            List<Member> members = inner.members();
            if (members.isEmpty()) {
                records.keep(piece, NO_FRAME);
            } else if (!read(members, arns)) {
                // An entry without readable changes.
                EntryFacts entry = new EntryFacts(new UnconsumedMembers(members).takeText("id"), null, arns);
                records.event("", entry, entry.account(), new UnconsumedMembers(members).json());
            }
        } catch (UnreadableJson e) {
            records.keep(piece, String.valueOf(e.getMessage()));
        } finally {
            envelopes--;
        }
    }

    private void eventOfAws(UnconsumedMembers frame) {
        Arns arns = Arns.NONE;
        for (RawJson context : frame.take("context")) {
            arns = Arns.of(context.treeIfReadable());
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
                records.keep(record, NO_FRAME);
                return;
            }
            frames.forEach(frame -> inner(frame, Arns.NONE));
            members.takeIf("Sns", RawJson::isObject);
            LAMBDA_FRAME.forEach(members::take);
            for (UnconsumedMembers object : around) {
                object.rest().ifPresent(rest -> records.event("", new EntryFacts("", null, Arns.NONE), "", rest));
            }
        } catch (UnreadableJson e) {
            records.keep(record, String.valueOf(e.getMessage()));
        }
    }

    private void entry(RawJson piece, Arns arns) {
        try {
            UnconsumedMembers entry = new UnconsumedMembers(piece.members());
            if (entry.has("changes", RawJson::isList)) {
                changes.readAll(entry, arns);
                EntryFacts facts = new EntryFacts(lastText(entry, "id"), null, arns);
                entry.rest().ifPresent(rest -> records.event("", facts, facts.account(), rest));
            } else {
                EntryFacts facts = new EntryFacts(entry.takeText("id"), null, arns);
                records.event("", facts, facts.account(), piece.text());
            }
        } catch (UnreadableJson e) {
            records.keep(piece, String.valueOf(e.getMessage()));
        }
    }

    private static String lastText(UnconsumedMembers members, String name) {
        RawJson last = members.last(name);
        return last == null ? "" : last.textOrEmpty();
    }
}
