package lull.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyOrigin;
import lull.contract.topic.Topics;
import lull.runtime.kafka.KafkaSetup;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Asks for replies of one text each, as an application would.
final class RepliesRequested implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final AtomicInteger numbers = new AtomicInteger();

    RepliesRequested(String bootstrapServers) {
        Map<String, Object> properties = KafkaSetup.at(bootstrapServers).producer("lull-bench-replies");
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /// Asks for a reply of a business number to a customer; returns its id.
    @SuppressWarnings("FutureReturnValueIgnored") // The callback is told everything.
    String ask(String businessNumber, int customer) {
        int number = numbers.getAndIncrement();
        String phone = TurnsSpoken.phone(customer);
        ConversationKey conversation = new ConversationKey(businessNumber, phone);
        Reply reply = new Reply(
                "app-bench-" + number,
                conversation,
                new Customer(null, phone, null),
                new ReplyOrigin.Application("bench"),
                new ReplyContent.Text("This is what a business may answer, " + number, null, null),
                Instant.now());
        byte[] key = conversation.toString().getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(Topics.REPLY_REQUESTED.name(), key, Json.bytes(reply)), (_, failed) -> {
            if (failed != null) {
                failure.compareAndSet(null, failed);
            }
        });
        return reply.id();
    }

    /// Returns once all of them are acknowledged.
    void flush() {
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("Not all replies could be asked for", failed);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
