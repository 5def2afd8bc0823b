package lull.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.message.ContentKind;
import lull.contract.message.Message;
import lull.contract.message.MessageStatus;
import lull.contract.message.Source;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyOrigin;
import lull.contract.reply.ReplyOutcome;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnCause;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Records of an installation: turns of three messages, each with a reply and what became of it. Deterministic. Pure.
final class ArchivedTalk {

    /// How many records belong to a turn.
    static final int RECORDS_OF_A_TURN = 8;

    private static final int MESSAGES = 3;
    private static final int CUSTOMERS = 20_000;
    private static final int NUMBERS = 20;
    private static final Instant BEGIN = Instant.ofEpochSecond(1_790_000_000);
    private static final Source SOURCE = new Source("meta", "default");
    private static final List<String> WORDS = List.of(
            "where", "is", "my", "parcel", "the", "order", "has", "not", "arrived", "yet", "please", "help", "today");

    private ArchivedTalk() {}

    /// Returns the records of a turn, in the order in which they are written.
    static List<ProducerRecord<byte[], byte[]>> turn(long number) {
        long customerNumber = number % CUSTOMERS;
        String business = Long.toString(100_000_000_000_000L + customerNumber % NUMBERS);
        String phone = Long.toString(15_550_000_000L + customerNumber);
        ConversationKey conversation = new ConversationKey(business, phone);
        Business of = new Business(business, "15550000001", "1");
        Customer customer = new Customer(null, phone, "Customer " + customerNumber);
        Instant at = BEGIN.plusMillis(number * 40);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        List<TurnMessage> messages = new ArrayList<>();
        for (int place = 0; place < MESSAGES; place++) {
            String id = "wamid.B" + number + "-" + place;
            ObjectNode raw = Json.object().put("id", id).put("type", "text");
            raw.putObject("text").put("body", text(number * MESSAGES + place));
            Instant said = at.plusSeconds(place);
            messages.add(new TurnMessage(id, said, customer, raw));
            records.add(record(
                    Topics.MESSAGE_RECEIVED.name(),
                    conversation.toString(),
                    new Message(id, conversation, said, SOURCE, of, customer, null, raw)));
        }
        String turn = "whatsapp.message.received-0-" + number;
        records.add(record(
                Topics.TURN_CLOSED.name(),
                conversation.toString(),
                new Turn(
                        turn,
                        messages.getFirst().id(),
                        conversation,
                        of,
                        customer,
                        TurnCause.GAP,
                        Duration.ofSeconds(5),
                        true,
                        at,
                        at.plusSeconds(MESSAGES),
                        List.of(new TurnItem(ContentKind.TEXT, text(number), messages, false)))));
        String reply = "app-" + number;
        String sent = "wamid.R" + number;
        records.add(record(
                Topics.REPLY_REQUESTED.name(),
                conversation.toString(),
                new Reply(
                        reply,
                        conversation,
                        customer,
                        new ReplyOrigin.Application("bench"),
                        new ReplyContent.Text("We look after it: " + text(number)),
                        at.plusSeconds(10))));
        records.add(record(Topics.REPLY_SENT.name(), reply, new ReplyOutcome.Sent(reply, 0, sent, at.plusSeconds(11))));
        for (String status : List.of("sent", "delivered")) {
            records.add(record(
                    Topics.MESSAGE_STATUS.name(),
                    conversation.toString(),
                    new MessageStatus(
                            sent,
                            status,
                            conversation,
                            at.plusSeconds(12),
                            SOURCE,
                            of,
                            null,
                            null,
                            Json.object().put("id", sent).put("status", status))));
        }
        return records;
    }

    private static String text(long number) {
        StringBuilder text = new StringBuilder();
        for (int word = 0; word < 7; word++) {
            text.append(WORDS.get((int) ((number * 7 + word * 5L) % WORDS.size())))
                    .append(' ');
        }
        return text.append(number % 50_000).toString();
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String key, Object value) {
        return new ProducerRecord<>(topic, key.getBytes(UTF_8), Json.bytes(value));
    }
}
