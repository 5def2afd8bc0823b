package lull.bench;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import lull.bench.peer.LaneApplication;
import lull.bench.peer.LaneHandler;
import lull.bench.peer.LaneWork;
import lull.runtime.Lifecycle;
import lull.runtime.kafka.KafkaSetup;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/// What one writes without a library: a consumer of Kafka, and a virtual thread for each key that has records, which
/// handles them one after the other. Memory and concurrency are bounded, and offsets are committed when all records
/// before them are handled. It has no retries, no pauses, no fence, no meters, and repeats after a crash what was
/// handled behind a slow record.
///
/// @param bootstrapServers the broker's address
record RawLanes(String bootstrapServers) implements LaneApplication {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration COMMIT_EVERY = Duration.ofSeconds(1);
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(5);
    private static final int MOST_IN_MEMORY = 20_000;

    @Override
    public void start(LaneWork work, LaneHandler handler, Lifecycle components) {
        Map<String, Object> properties =
                new HashMap<>(KafkaSetup.at(bootstrapServers).consumer("raw"));
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, work.group());
        properties.put(
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) work.session().toMillis());
        properties.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                (int) work.session().toMillis() / 10);
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        components.add("raw consumer", new Loop(consumer, work, handler)).start();
    }

    private static final class Loop implements ConsumerRebalanceListener, AutoCloseable {

        private final KafkaConsumer<String, byte[]> consumer;
        private final LaneWork work;
        private final LaneHandler handler;
        private final Semaphore slots;
        private final AtomicInteger inMemory = new AtomicInteger();
        private final Map<String, Queue<ConsumerRecord<String, byte[]>>> queues = new ConcurrentHashMap<>();
        private final Map<TopicPartition, NavigableSet<Long>> unfinished = new ConcurrentHashMap<>();
        private final Map<TopicPartition, Long> positions = new HashMap<>();
        private final Thread thread = Thread.ofPlatform().name("raw").unstarted(this::poll);
        private volatile boolean closing;

        Loop(KafkaConsumer<String, byte[]> consumer, LaneWork work, LaneHandler handler) {
            this.consumer = consumer;
            this.work = work;
            this.handler = handler;
            this.slots = new Semaphore(work.slots());
        }

        void start() {
            consumer.subscribe(List.of(work.topic()), this);
            thread.start();
        }

        @Override
        public void close() {
            closing = true;
            consumer.wakeup();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void poll() {
            long lastCommit = System.nanoTime();
            try (consumer) {
                while (!closing) {
                    consumer.poll(POLL).forEach(this::queue);
                    pauseOrResume();
                    if (System.nanoTime() - lastCommit >= COMMIT_EVERY.toNanos()) {
                        lastCommit = System.nanoTime();
                        consumer.commitAsync(finished(), null);
                    }
                }
                onPartitionsRevoked(consumer.assignment());
            } catch (WakeupException e) {
                onPartitionsRevoked(consumer.assignment());
            }
        }

        private void queue(ConsumerRecord<String, byte[]> record) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            unfinished
                    .computeIfAbsent(partition, _ -> new ConcurrentSkipListSet<>())
                    .add(record.offset());
            positions.put(partition, record.offset() + 1);
            inMemory.incrementAndGet();
            queues.compute(record.key(), (key, queue) -> {
                Queue<ConsumerRecord<String, byte[]>> records = queue;
                if (records == null) {
                    records = new ArrayDeque<>();
                    Thread.startVirtualThread(() -> handleAll(key));
                }
                records.add(record);
                return records;
            });
        }

        /// Handles the records of a key until there are none.
        private void handleAll(String key) {
            try {
                ConsumerRecord<String, byte[]> record = next(key);
                while (record != null) {
                    slots.acquire();
                    try {
                        handler.handle(record.value());
                    } finally {
                        slots.release();
                    }
                    NavigableSet<Long> ofPartition =
                            unfinished.get(new TopicPartition(record.topic(), record.partition()));
                    if (ofPartition != null) {
                        ofPartition.remove(record.offset());
                    }
                    inMemory.decrementAndGet();
                    record = next(key);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private @Nullable ConsumerRecord<String, byte[]> next(String key) {
            AtomicReference<@Nullable ConsumerRecord<String, byte[]>> next = new AtomicReference<>();
            queues.computeIfPresent(key, (_, queue) -> {
                next.set(queue.poll());
                return next.get() == null ? null : queue;
            });
            return next.get();
        }

        private void pauseOrResume() {
            if (inMemory.get() >= MOST_IN_MEMORY) {
                consumer.pause(consumer.assignment());
            } else if (inMemory.get() <= MOST_IN_MEMORY / 2
                    && !consumer.paused().isEmpty()) {
                consumer.resume(consumer.paused());
            }
        }

        private Map<TopicPartition, OffsetAndMetadata> finished() {
            Map<TopicPartition, OffsetAndMetadata> finished = new HashMap<>();
            positions.forEach((partition, position) -> {
                NavigableSet<Long> ofPartition = unfinished.get(partition);
                Long first = ofPartition == null ? null : ofPartition.ceiling(0L);
                finished.put(partition, new OffsetAndMetadata(first == null ? position : first));
            });
            return finished;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            long until = System.nanoTime() + DRAIN.toNanos();
            while (inMemory.get() > 0 && System.nanoTime() < until) {
                LockSupport.parkNanos(LOOK.toNanos());
            }
            consumer.commitSync(finished());
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            positions.keySet().removeAll(partitions);
            unfinished.keySet().removeAll(partitions);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // They are read from where the group has got to.
        }
    }
}
