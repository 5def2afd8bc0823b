package lull.lanes.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import lull.contract.topic.DeadLetterReason;
import lull.contract.topic.Topics;
import lull.runtime.kafka.NotAcknowledged;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

final class KafkaAcknowledgedProducerTest {

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final KafkaAcknowledgedProducer acknowledged =
            new KafkaAcknowledgedProducer(producer, Duration.ofMillis(200));

    @Test
    void writesToThePartitionThatItIsTold() {
        acknowledged.append(Topics.CONNECT_MESSAGE_SENT, 0, "turn", Map.of("a", 1));

        ProducerRecord<byte[], byte[]> record = producer.history().getFirst();
        assertThat(record.partition()).isZero();
        assertThat(text(record.key())).isEqualTo("turn");
        assertThat(text(record.value())).isEqualTo("{\"a\":1}");
    }

    @Test
    void deletesAKeyByWritingNothingUnderIt() {
        acknowledged.append(Topics.CHAT, "c1", null);

        assertThat(producer.history().getFirst().value()).isNull();
    }

    @Test
    void saysWhereItWrote() {
        acknowledged.append(Topics.CHAT, "c1", "one");

        assertThat(acknowledged.append(Topics.CHAT, "c1", "two").offset()).isEqualTo(1);
    }

    @Test
    void aDeadLetterHasTheRecordAsItWasAndTheReason() {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("t", 3, 42, bytes("key"), bytes("broken"));
        record.headers().add("trace", bytes("7"));

        acknowledged.write(record, DeadLetterReason.UNREADABLE, "no JSON");

        ProducerRecord<byte[], byte[]> letter = producer.history().getFirst();
        assertThat(letter.topic()).isEqualTo("t.dlq");
        assertThat(text(letter.key())).isEqualTo("key");
        assertThat(text(letter.value())).isEqualTo("broken");
        Map<String, String> headers = Arrays.stream(letter.headers().toArray())
                .collect(Collectors.toMap(Header::key, header -> text(header.value())));
        assertThat(headers)
                .containsEntry("trace", "7")
                .containsEntry("__streams.errors.exception", "unreadable")
                .containsEntry("__streams.errors.message", "no JSON")
                .containsEntry("__streams.errors.topic", "t")
                .containsEntry("__streams.errors.partition", "3")
                .containsEntry("__streams.errors.offset", "42");
    }

    @Test
    void aRecordThatNoBrokerTakesIsNotTakenForABrokerThatIsUnavailable() {
        MockProducer<byte[], byte[]> refusing =
                new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        try (KafkaAcknowledgedProducer acknowledged = new KafkaAcknowledgedProducer(refusing, Duration.ofSeconds(5))) {
            refuseAll(refusing, 2);

            assertThatThrownBy(() -> acknowledged.append(Topics.REPLY_REQUESTED, "c", "value"))
                    .isInstanceOf(RecordTooLargeException.class);
            acknowledged.write(
                    new ConsumerRecord<>("t", 0, 0, new byte[] {1}, new byte[] {2}), DeadLetterReason.REFUSED, "why");
        }
    }

    private static void refuseAll(MockProducer<byte[], byte[]> producer, int times) {
        Thread.ofVirtual().start(() -> {
            for (int i = 0; i < times; i++) {
                while (!producer.errorNext(new RecordTooLargeException("too large"))) {
                    Thread.onSpinWait();
                }
            }
        });
    }

    @Test
    void failsWhereTheBrokerDoesNotAcknowledgeInTime() {
        MockProducer<byte[], byte[]> silent =
                new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        KafkaAcknowledgedProducer waiting = new KafkaAcknowledgedProducer(silent, Duration.ofMillis(50));

        assertThatThrownBy(() -> waiting.append(Topics.CHAT, "c1", "one"))
                .isInstanceOf(NotAcknowledged.class)
                .hasMessageContaining("connect.chat");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
