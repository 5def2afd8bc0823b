package lull.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.DeadLetterHandled;
import lull.contract.message.Message;
import lull.contract.message.Source;
import lull.contract.topic.DeadLetterHeaders;
import lull.contract.topic.DeadLetterReason;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/// Dead letters as an earlier version of Lull left them.
final class LostRecords {

    private LostRecords() {}

    /// Writes a dead letter; returns its id.
    static String letter(Producer<byte[], byte[]> producer, Topic topic, String key, byte[] value) throws Exception {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(topic.deadLetters().name(), key.isEmpty() ? null : key.getBytes(UTF_8), value);
        DeadLetterHeaders.setReason(
                letter.headers(),
                topic.equals(Topics.APPLICATION_TURN_CLOSED)
                        ? DeadLetterReason.UNREADABLE
                        : DeadLetterReason.UNEXPECTED,
                "An earlier version failed",
                topic.name());
        DeadLetterHeaders.setPosition(letter.headers(), 0, 17);
        RecordMetadata written = producer.send(letter).get();
        return DeadLetterHandled.id(written.topic(), written.partition(), written.offset());
    }

    /// A message to the default business number that is in no topic yet.
    static Message message(String customer, String text) {
        return new Message(
                World.newId(),
                new ConversationKey(World.NUMBER, customer),
                Instant.now(),
                new Source("meta", "default"),
                new Business(World.NUMBER, "15550000001", "1"),
                new Customer(null, customer, "Customer " + customer),
                null,
                World.tree("{\"id\":\"wamid.x\",\"type\":\"text\",\"text\":{\"body\":\"" + text + "\"}}"));
    }
}
