package lull.bench;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import lull.contract.ConversationKey;
import lull.contract.json.Json;
import lull.contract.topic.Topic;
import lull.runtime.kafka.KafkaSetup;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Producer of what a benchmark writes to a topic. It waits for no record; [#flush()] tells whether all are there.
final class RecordsWritten implements AutoCloseable {

    private final Topic topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    RecordsWritten(String bootstrapServers, Topic topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                KafkaSetup.at(bootstrapServers).producer("lull-bench"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /// Writes a value in the order of its conversation.
    @SuppressWarnings("FutureReturnValueIgnored") // The callback is told everything.
    void write(ConversationKey conversation, Object value) {
        byte[] key = conversation.toString().getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(topic.name(), key, Json.bytes(value)), (_, failed) -> {
            if (failed != null) {
                failure.compareAndSet(null, failed);
            }
        });
    }

    /// Returns once all records are acknowledged; throws `IllegalStateException` if one was not.
    void flush() {
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("Not all records of " + topic.name() + " could be written", failed);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
