package lull.lanes.results;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lull.contract.json.Json;
import lull.contract.topic.DeadLetterHeaders;
import lull.contract.topic.DeadLetterReason;
import lull.contract.topic.Topic;
import lull.lanes.DeadLetters;
import lull.lanes.Incoming;
import lull.runtime.kafka.NotAcknowledged;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [AcknowledgedProducer] on an idempotent producer, which also writes dead letters. Closing it closes
/// the producer.
public final class KafkaAcknowledgedProducer implements AcknowledgedProducer, DeadLetters, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KafkaAcknowledgedProducer.class);

    private final Producer<byte[], byte[]> producer;
    private final Duration ackTimeout;

    /// Creates one on its own producer.
    ///
    /// @param ackTimeout how long a record may stay unacknowledged
    public KafkaAcknowledgedProducer(Producer<byte[], byte[]> producer, Duration ackTimeout) {
        this.producer = producer;
        this.ackTimeout = ackTimeout;
    }

    @Override
    public Written append(Topic topic, String key, @Nullable Object value) {
        return send(new ProducerRecord<>(topic.name(), null, null, bytes(key), json(value)));
    }

    @Override
    public Written append(Topic topic, int partition, String key, Object value) {
        return send(new ProducerRecord<>(topic.name(), partition, null, bytes(key), json(value)));
    }

    @Override
    public Written appendAt(Topic topic, String key, Object value, long timestampMillis) {
        return send(new ProducerRecord<>(topic.name(), null, timestampMillis, bytes(key), json(value)));
    }

    @Override
    public void write(ConsumerRecord<byte[], byte[]> record, DeadLetterReason why, String reason) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(record.topic() + ".dlq", null, null, record.key(), record.value());
        record.headers().forEach(letter.headers()::add);
        Headers headers = letter.headers();
        DeadLetterHeaders.setReason(headers, why, reason, record.topic());
        DeadLetterHeaders.setPosition(headers, record.partition(), record.offset());
        try {
            send(letter);
        } catch (RecordTooLargeException e) {
            // It would block all records after it forever, and it is still in its topic.
            log.atError()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("reason", DeadLetterReason.TOO_LARGE.word())
                    .addKeyValue("error", reason)
                    .log("Too large for a dead letter; the record stays in its topic");
        }
    }

    /// Writes a record of which only a part cannot be handled to the dead letters of its topic.
    ///
    /// @param part which part, in the header `lull.part`
    public void writePart(Topic topic, Incoming<?> record, Object value, String part, String reason) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(topic.deadLetters().name(), bytes(record.key()), Json.bytes(value));
        Headers headers = letter.headers();
        DeadLetterHeaders.setReason(headers, DeadLetterReason.PART_REFUSED, reason, topic.name());
        DeadLetterHeaders.setPosition(headers, record.partition(), record.offset());
        headers.add(DeadLetterHeaders.PART, bytes(part));
        send(letter);
    }

    /// Writes bytes that were never a record of the topic to its dead letters, with the reason.
    public void writeUnreadable(Topic topic, byte[] value, String reason) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(topic.deadLetters().name(), value);
        DeadLetterHeaders.setReason(letter.headers(), DeadLetterReason.UNREADABLE, reason, topic.name());
        send(letter);
    }

    @Override
    public void close() {
        producer.close(ackTimeout);
    }

    private Written send(ProducerRecord<byte[], byte[]> record) {
        try {
            RecordMetadata metadata = producer.send(record).get(ackTimeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Written(metadata.partition(), metadata.offset());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotAcknowledged(record.topic(), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException tooLarge) {
                // No broker will ever accept it.
                throw tooLarge;
            }
            throw new NotAcknowledged(record.topic(), e.getCause());
        } catch (TimeoutException | KafkaException e) {
            throw new NotAcknowledged(record.topic(), e);
        }
    }

    private static byte @Nullable [] json(@Nullable Object value) {
        return value == null ? null : Json.bytes(value);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
