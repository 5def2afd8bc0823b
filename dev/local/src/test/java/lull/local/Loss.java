package lull.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lull.contract.topic.Topics;
import lull.local.LooseJson.Member;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What is lost of a body between the door and the topics, however odd the body is. Either its exact bytes are kept
/// as a whole, or every text, number and name in it stands, as it was written and as often, in the verbatim parts
/// of its records, and every message and status stands there as one piece.
///
/// Only the frame is let go: what says by which way and from which number something came, in its right place.
final class Loss {

    private static final JsonMapper TEXTS = JsonMapper.builder().build();

    /// Where in a webhook something stands, as far as it is part of the frame.
    private enum Place {
        FRAME,
        ENTRY,
        CHANGE,
        VALUE,
        METADATA,
        RECORD,
        ENVELOPE,
        /// A list of parts, which is not itself one.
        PARTS,
        /// A list of messages or statuses.
        PIECES,
        /// JSON in a text.
        EMBEDDED,
        /// An id, a time, the name of a field.
        FACT,
        /// Always the same word.
        WORD,
        /// Says by which way it came.
        WAY,
        /// No part of the frame.
        CONTENT
    }

    /// Where the frame has lists.
    private static final Set<Place> LISTS = Set.of(Place.ENTRY, Place.CHANGE, Place.RECORD);

    private static final Set<String> WORDS = Set.of("\"whatsapp\"", "\"whatsapp_business_account\"");

    private static final Set<String> EVENT = Set.of("context", "aws_account_id", "message_timestamp", "messageId");

    private static final Set<String> SNS = Set.of(
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

    private static final Set<String> LAMBDA = Set.of(
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

    private final Map<String, Integer> balance = new HashMap<>();
    private final List<String> pieces = new ArrayList<>();
    private final List<String> larger = new ArrayList<>();
    private final Deque<Placed> left = new ArrayDeque<>();

    private record Placed(LooseJson value, Place place) {}

    private Loss() {}

    /// What of a body is not in its records, in words; empty where nothing is lost.
    static List<String> of(byte[] body, List<ConsumerRecord<String, byte[]>> records) {
        boolean whole = records.stream().anyMatch(record -> isUnparsed(record) && Arrays.equals(record.value(), body));
        if (whole) {
            return List.of();
        }
        Loss loss = new Loss();
        LooseJson tree = LooseJson.parse(body).orElse(null);
        if (tree == null || !tree.isObject()) {
            return List.of("the whole of a body that is no object");
        }
        loss.need(tree);
        return loss.missingIn(records);
    }

    private List<String> missingIn(List<ConsumerRecord<String, byte[]>> records) {
        Map<String, Integer> raws = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (isUnparsed(record)) {
                larger.add(new String(record.value(), StandardCharsets.ISO_8859_1));
                LooseJson.parse(record.value()).ifPresent(this::have);
                continue;
            }
            for (Member member : LooseJson.parse(record.value()).orElseThrow().members()) {
                if (member.name().equals("raw") || member.name().equals("contact")) {
                    have(member.value());
                }
                if (member.name().equals("raw")) {
                    raws.merge(member.value().text(), 1, Integer::sum);
                    if (record.topic().equals(Topics.ACCOUNT_EVENT.name())) {
                        larger.add(member.value().text());
                    }
                }
            }
        }
        List<String> missing = new ArrayList<>();
        balance.forEach((what, count) -> {
            if (count > 0) {
                missing.add(count + " times " + what);
            }
        });
        for (String piece : pieces) {
            boolean itself = raws.merge(piece, -1, Integer::sum) >= 0;
            if (!itself && larger.stream().noneMatch(text -> text.contains(piece))) {
                missing.add("as one piece: " + piece);
            }
        }
        return missing;
    }

    private static boolean isUnparsed(ConsumerRecord<String, byte[]> record) {
        return record.topic().equals(Topics.WEBHOOK_UNPARSED.name());
    }

    private void have(LooseJson kept) {
        for (LooseJson value : kept.all()) {
            if (value.isScalar()) {
                balance.merge(value.text(), -1, Integer::sum);
                if (value.text().contains("{")) {
                    embedded(value).ifPresent(inner -> {
                        larger.add(inner.text());
                        have(inner);
                    });
                }
            }
            value.members().forEach(member -> balance.merge("name " + member.name(), -1, Integer::sum));
        }
    }

    private void need(LooseJson body) {
        left.push(new Placed(body, Place.FRAME));
        while (!left.isEmpty()) {
            Placed next = left.pop();
            LooseJson value = next.value();
            if (value.isObject()) {
                needMembers(next);
            } else if (value.isList()) {
                for (LooseJson element : value.elements()) {
                    boolean framed = LISTS.contains(next.place()) && element.isObject();
                    left.push(new Placed(element, framed ? next.place() : Place.CONTENT));
                    if (next.place() == Place.PIECES && element.isObject()) {
                        pieces.add(element.text());
                    }
                }
            } else if (next.place() == Place.EMBEDDED) {
                embedded(value)
                        .ifPresentOrElse(inner -> left.push(new Placed(inner, Place.FRAME)), () -> needScalar(value));
            } else if (!value.isNull()) {
                needScalar(value);
            }
        }
    }

    private void needScalar(LooseJson value) {
        balance.merge(value.text(), 1, Integer::sum);
    }

    private void needMembers(Placed object) {
        List<Member> members = object.value().members();
        Map<String, Integer> last = new HashMap<>();
        for (int i = 0; i < members.size(); i++) {
            last.put(members.get(i).name(), i);
        }
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            LooseJson value = member.value();
            Place place = place(object.place(), member.name());
            boolean isLast = Integer.valueOf(i).equals(last.get(member.name()));
            boolean fact = place == Place.FACT && value.isScalar() && isLast;
            boolean word = place == Place.WORD && WORDS.contains(value.text());
            if (fact || word || place == Place.WAY) {
                continue;
            }
            if (place == Place.FACT || place == Place.WORD || (place == Place.METADATA && !isLast)) {
                place = Place.CONTENT;
            }
            if (place == Place.CONTENT && isPlain(member.name())) {
                balance.merge("name " + member.name(), 1, Integer::sum);
            }
            left.push(new Placed(value, place));
        }
    }

    /// Whether a name is written the same by whoever writes it.
    private static boolean isPlain(String name) {
        return name.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '\\');
    }

    private static Place place(Place around, String name) {
        return switch (around) {
            case FRAME ->
                switch (name) {
                    case "object" -> Place.WORD;
                    case "entry" -> Place.ENTRY;
                    case "Records" -> Place.RECORD;
                    case "whatsAppWebhookEntry", "Message" -> Place.EMBEDDED;
                    default -> {
                        Place ofEntry = place(Place.ENTRY, name);
                        Place inFrame = ofEntry == Place.CONTENT ? place(Place.CHANGE, name) : ofEntry;
                        yield EVENT.contains(name) || SNS.contains(name) ? Place.WAY : inFrame;
                    }
                };
            case ENTRY ->
                switch (name) {
                    case "id", "time" -> Place.FACT;
                    case "changes" -> Place.CHANGE;
                    default -> Place.CONTENT;
                };
            case CHANGE ->
                switch (name) {
                    case "field" -> Place.FACT;
                    case "value" -> Place.VALUE;
                    default -> Place.CONTENT;
                };
            case VALUE ->
                switch (name) {
                    case "messaging_product" -> Place.WORD;
                    case "metadata" -> Place.METADATA;
                    case "messages", "statuses" -> Place.PIECES;
                    case "errors", "contacts" -> Place.PARTS;
                    default -> Place.CONTENT;
                };
            case METADATA ->
                name.equals("phone_number_id") || name.equals("display_phone_number") ? Place.FACT : Place.CONTENT;
            case RECORD ->
                switch (name) {
                    case "Sns" -> Place.ENVELOPE;
                    case "body" -> Place.EMBEDDED;
                    default -> LAMBDA.contains(name) ? Place.WAY : Place.CONTENT;
                };
            case ENVELOPE -> name.equals("Message") ? Place.EMBEDDED : SNS.contains(name) ? Place.WAY : Place.CONTENT;
            case EMBEDDED -> place(Place.FRAME, name);
            case PARTS, PIECES, FACT, WORD, WAY, CONTENT -> Place.CONTENT;
        };
    }

    /// The object that a text holds, if it holds one.
    private static Optional<LooseJson> embedded(LooseJson text) {
        if (!text.isText()) {
            return Optional.empty();
        }
        try {
            String inner = TEXTS.readValue(text.text().getBytes(StandardCharsets.ISO_8859_1), String.class);
            StringBuilder whole = new StringBuilder();
            // Half a character can be written as an escape alone.
            inner.codePoints().forEach(point -> {
                if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                    whole.append("\\u%04x".formatted(point));
                } else {
                    whole.appendCodePoint(point);
                }
            });
            return LooseJson.parse(whole.toString().getBytes(StandardCharsets.UTF_8))
                    .filter(LooseJson::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
