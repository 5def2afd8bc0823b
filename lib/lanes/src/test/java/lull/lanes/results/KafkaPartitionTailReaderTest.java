package lull.lanes.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lull.contract.ConversationKey;
import lull.contract.chat.SentPart;
import lull.contract.json.Json;
import lull.contract.topic.Topics;
import lull.lanes.Held;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

final class KafkaPartitionTailReaderTest {

    private static final Instant NOW = Instant.parse("2026-01-08T00:00:00Z");
    private static final TopicPartition PARTITION = new TopicPartition(Topics.CONNECT_MESSAGE_SENT.name(), 2);

    private final List<byte[]> log = new ArrayList<>();
    private final List<MockConsumer<byte[], byte[]>> consumers = new ArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();
    private long firstOfLastDay;
    private volatile Instant now = NOW;

    @Test
    void readsAPartitionWhenItIsFirstAskedAbout() {
        write("turn-1", 0);
        write("turn-2", 0);
        write("turn-1", 1);
        KafkaPartitionTailReader<SentPart> tail = tail(100);

        assertThat(tail.of(2, 1, "turn-1")).extracting(SentPart::part).containsExactly(0, 1);
        assertThat(tail.of(2, 1, "turn-2")).hasSize(1);
        assertThat(tail.of(2, 1, "turn-3")).isEmpty();
        assertThat(consumers).hasSize(1);

        tail.close();

        assertThat(consumers).allMatch(MockConsumer::closed);
    }

    @Test
    void remembersWhatIsAdded() {
        KafkaPartitionTailReader<SentPart> tail = tail(100);

        tail.add(2, 1, "turn-1", part("turn-1", 0));

        assertThat(tail.of(2, 1, "turn-1")).hasSize(1);
    }

    @Test
    void readsAPartitionAnewWhenItHasBeenSomebodyElses() {
        KafkaPartitionTailReader<SentPart> tail = tail(100);
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
        KafkaPartitionTailReader<SentPart> tail = tail(5);

        assertThat(tail.of(2, 1, "turn-14")).isEmpty();
        assertThat(tail.of(2, 1, "turn-15")).hasSize(1);
    }

    @Test
    void readsNothingThatIsTooOld() {
        write("turn-1", 0);
        write("turn-2", 0);
        firstOfLastDay = 1;
        KafkaPartitionTailReader<SentPart> tail = tail(100);

        assertThat(tail.of(2, 1, "turn-1")).isEmpty();
        assertThat(tail.of(2, 1, "turn-2")).hasSize(1);
    }

    @Test
    void readsWhatOthersHaveWrittenSinceWhenAsked() {
        write("turn-1", 0);
        KafkaPartitionTailReader<SentPart> tail = tail(100);
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
        KafkaPartitionTailReader<SentPart> tail = tail(100);
        tail.add(2, 1, "turn-1", part("turn-1", 0));
        write("turn-1", 0);

        tail.refresh(2, 1);
        tail.refresh(2, 1);

        assertThat(tail.of(2, 1, "turn-1")).hasSize(1);
    }

    @Test
    void readsWithOneConsumerHoweverOftenItIsRefreshed() {
        KafkaPartitionTailReader<SentPart> tail = tail(100);
        for (int part = 0; part < 50; part++) {
            write("turn-1", part);
            tail.refresh(2, 1);
        }
        assertThat(tail.of(2, 1, "turn-1")).hasSize(50);
        assertThat(consumers).hasSize(1);
    }

    @Test
    void oneReadingServesAllWhoAskMeanwhile() throws Exception {
        Duration every = Duration.ofMillis(50);
        KafkaPartitionTailReader<SentPart> tail = tail(100, every);
        tail.refresh(2, 1);
        write("turn-1", 0);
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                all.add(threads.submit(() -> {
                    tail.refresh(2, 1);
                    assertThat(tail.of(2, 1, "turn-1")).hasSize(1);
                }));
            }
            for (Future<?> one : all) {
                one.get(180, TimeUnit.SECONDS);
            }
        }
        long most = 3 + Duration.ofNanos(System.nanoTime() - start).dividedBy(every);
        assertThat(reads.get()).isLessThanOrEqualTo((int) most);
    }

    @Test
    void freesWhatIsTooOld() {
        KafkaPartitionTailReader<SentPart> tail = tail(100);
        tail.add(2, 1, "turn-1", part("turn-1", 0));
        now = NOW.plus(Duration.ofHours(13));
        tail.add(2, 1, "turn-2", part("turn-2", 0));
        now = NOW.plus(Duration.ofHours(25));

        tail.free(new Held(Map.of(2, 1L), 1));

        assertThat(tail.size()).isOne();
        assertThat(tail.of(2, 1, "turn-1")).isEmpty();
        assertThat(tail.of(2, 1, "turn-2")).hasSize(1);
    }

    @Test
    void freesPartitionsThatAreLost() {
        KafkaPartitionTailReader<SentPart> tail = tail(100);
        tail.add(2, 5, "turn-1", part("turn-1", 0));

        // Who was asked before the assignment knows nothing of it.
        tail.free(new Held(Map.of(), 4));
        assertThat(tail.size()).isOne();
        tail.free(new Held(Map.of(2, 5L), 5));
        assertThat(tail.size()).isOne();
        tail.free(new Held(Map.of(3, 6L), 6));

        assertThat(tail.size()).isZero();
    }

    @Test
    void leavesOutWhatItCannotRead() {
        log.add("broken".getBytes(StandardCharsets.UTF_8));
        write("turn-1", 0);

        assertThat(tail(100).of(2, 1, "turn-1")).hasSize(1);
    }

    private KafkaPartitionTailReader<SentPart> tail(int maxRecords) {
        return tail(maxRecords, Duration.ZERO);
    }

    private KafkaPartitionTailReader<SentPart> tail(int maxRecords, Duration refreshEvery) {
        return new KafkaPartitionTailReader<>(
                this::consumer,
                Topics.CONNECT_MESSAGE_SENT,
                SentPart.class,
                new KafkaPartitionTailReader.Options(
                        maxRecords, Duration.ofDays(1), refreshEvery, Duration.ofSeconds(5)),
                () -> now,
                System::nanoTime);
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

            @Override
            public synchronized Map<TopicPartition, Long> endOffsets(
                    Collection<TopicPartition> partitions, Duration timeout) {
                reads.incrementAndGet();
                return Map.of(PARTITION, (long) log.size());
            }

            @Override
            public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                for (int offset = (int) position(PARTITION); offset < log.size(); offset++) {
                    byte[] value = log.get(offset);
                    addRecord(new ConsumerRecord<>(
                            PARTITION.topic(),
                            2,
                            offset,
                            NOW.toEpochMilli(),
                            TimestampType.CREATE_TIME,
                            -1,
                            -1,
                            key(value),
                            value,
                            new RecordHeaders(),
                            Optional.empty()));
                }
                return super.poll(timeout);
            }
        };
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
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
