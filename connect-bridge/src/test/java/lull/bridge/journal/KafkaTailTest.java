package lull.bridge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lull.contract.ConversationKey;
import lull.contract.chat.SentPart;
import lull.contract.json.Json;
import lull.contract.topic.Topics;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class KafkaTailTest {

    private static final Instant NOW = Instant.parse("2026-01-08T00:00:00Z");
    private static final TopicPartition PARTITION = new TopicPartition(Topics.CONNECT_MESSAGE_SENT.name(), 2);

    private final List<byte[]> log = new ArrayList<>();
    private final List<MockConsumer<byte[], byte[]>> consumers = new ArrayList<>();
    private long firstOfLastDay;

    @Test
    void readsAPartitionWhenItIsFirstAskedAbout() {
        write("turn-1", 0);
        write("turn-2", 0);
        write("turn-1", 1);
        KafkaTail<SentPart> tail = tail(100);

        assertThat(tail.of(2, 1, "turn-1")).extracting(SentPart::part).containsExactly(0, 1);
        assertThat(tail.of(2, 1, "turn-2")).hasSize(1);
        assertThat(tail.of(2, 1, "turn-3")).isEmpty();
        assertThat(consumers).hasSize(1).allMatch(MockConsumer::closed);
    }

    @Test
    void remembersWhatIsAdded() {
        KafkaTail<SentPart> tail = tail(100);

        tail.add(2, 1, "turn-1", part("turn-1", 0));

        assertThat(tail.of(2, 1, "turn-1")).hasSize(1);
    }

    @Test
    void readsAPartitionAnewWhenItHasBeenSomebodyElses() {
        KafkaTail<SentPart> tail = tail(100);
        assertThat(tail.of(2, 1, "turn-1")).isEmpty();
        write("turn-1", 0);

        assertThat(tail.of(2, 1, "turn-1")).isEmpty();
        assertThat(tail.of(2, 2, "turn-1")).hasSize(1);
    }

    @Test
    void readsNoMoreThanTheLastRecords() {
        for (int turn = 0; turn < 20; turn++) {
            write("turn-" + turn, 0);
        }
        KafkaTail<SentPart> tail = tail(5);

        assertThat(tail.of(2, 1, "turn-14")).isEmpty();
        assertThat(tail.of(2, 1, "turn-15")).hasSize(1);
    }

    @Test
    void readsNothingThatIsTooOld() {
        write("turn-1", 0);
        write("turn-2", 0);
        firstOfLastDay = 1;
        KafkaTail<SentPart> tail = tail(100);

        assertThat(tail.of(2, 1, "turn-1")).isEmpty();
        assertThat(tail.of(2, 1, "turn-2")).hasSize(1);
    }

    @Test
    void readsWhatOthersHaveWrittenSinceWhenAsked() {
        write("turn-1", 0);
        KafkaTail<SentPart> tail = tail(100);
        assertThat(tail.of(2, 1, "turn-1")).hasSize(1);
        write("turn-1", 1);
        write("turn-2", 0);
        assertThat(tail.of(2, 1, "turn-1")).hasSize(1);

        tail.refresh(2, 1);

        assertThat(tail.of(2, 1, "turn-1")).extracting(SentPart::part).containsExactly(0, 1);
        assertThat(tail.of(2, 1, "turn-2")).hasSize(1);
    }

    @Test
    void whatThisProcessHasWrittenItselfIsThereOnce() {
        KafkaTail<SentPart> tail = tail(100);
        tail.add(2, 1, "turn-1", part("turn-1", 0));
        write("turn-1", 0);

        tail.refresh(2, 1);
        tail.refresh(2, 1);

        assertThat(tail.of(2, 1, "turn-1")).hasSize(1);
    }

    @Test
    void leavesOutWhatItCannotRead() {
        log.add("broken".getBytes(StandardCharsets.UTF_8));
        write("turn-1", 0);

        assertThat(tail(100).of(2, 1, "turn-1")).hasSize(1);
    }

    private KafkaTail<SentPart> tail(int maxRecords) {
        return new KafkaTail<>(
                this::consumer,
                Topics.CONNECT_MESSAGE_SENT,
                SentPart.class,
                new KafkaTail.Bounds(maxRecords, Duration.ofDays(1), Duration.ofSeconds(5)),
                () -> NOW);
    }

    private Consumer<byte[], byte[]> consumer() {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {
            @Override
            public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                    Map<TopicPartition, Long> times, Duration timeout) {
                Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
                if (firstOfLastDay < log.size()) {
                    found.put(PARTITION, new OffsetAndTimestamp(firstOfLastDay, NOW.toEpochMilli()));
                }
                return found;
            }
        };
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, (long) log.size()));
        consumer.schedulePollTask(() -> {
            for (int offset = (int) consumer.position(PARTITION); offset < log.size(); offset++) {
                byte[] value = log.get(offset);
                consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), 2, offset, key(value), value));
            }
        });
        consumers.add(consumer);
        return consumer;
    }

    private void write(String turn, int part) {
        log.add(Json.bytes(part(turn, part)));
    }

    private static byte[] key(byte[] value) {
        String text = new String(value, StandardCharsets.UTF_8);
        int start = text.indexOf("turn-");
        String key = start < 0 ? "none" : text.substring(start, text.indexOf('"', start));
        return key.getBytes(StandardCharsets.UTF_8);
    }

    private static SentPart part(String turn, int part) {
        return new SentPart(turn, new ConversationKey("100", "1"), 0, part, "c1", "m1", List.of("w1"), NOW, true);
    }
}
