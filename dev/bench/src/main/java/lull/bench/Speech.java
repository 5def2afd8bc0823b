package lull.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SplittableRandom;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.message.Message;
import lull.contract.message.Source;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Texts of customers, as records of an input topic: texts in the envelope that the ingress writes, of some 700
/// bytes. Ids differ from each other. The same seed makes the same ones, but for their times.
final class Speech {

    private static final Business BUSINESS = new Business("100000000000001", "15550000001", "100000000000000");
    private static final Source SOURCE = new Source("meta", "default");
    private static final long FIRST_CUSTOMER = 15_550_000_000L;

    private final SplittableRandom random;

    private int said;
    private String lastId = "";

    Speech(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /// The key of a conversation.
    ///
    /// @param number of the customer, from 0
    static ConversationKey conversation(int number) {
        return new ConversationKey(BUSINESS.phoneNumberId(), phone(number));
    }

    /// The next message of a customer, whose append, receive and send times are all the same.
    ProducerRecord<byte[], byte[]> say(String topic, int customer, Instant at) {
        said++;
        lastId = Requests.id(said, random);
        return record(topic, customer, at, lastId);
    }

    /// The id of the message that was said last.
    String lastId() {
        return lastId;
    }

    private ProducerRecord<byte[], byte[]> record(String topic, int customer, Instant at, String id) {
        String phone = phone(customer);
        String name = "Customer " + phone;
        ObjectNode raw = Json.object();
        raw.put("from", phone).put("id", id).put("timestamp", Long.toString(at.getEpochSecond()));
        raw.put("type", "text").putObject("text").put("body", Requests.text(random));
        ObjectNode contact = Json.object();
        contact.put("wa_id", phone).putObject("profile").put("name", name);
        ConversationKey conversation = conversation(customer);
        Message message =
                new Message(id, conversation, at, SOURCE, BUSINESS, new Customer(null, phone, name), contact, raw);
        return new ProducerRecord<>(
                topic,
                null,
                at.toEpochMilli(),
                conversation.toString().getBytes(StandardCharsets.UTF_8),
                Json.bytes(message));
    }

    private static String phone(int customer) {
        return Long.toString(FIRST_CUSTOMER + customer);
    }
}
