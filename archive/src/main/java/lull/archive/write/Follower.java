package lull.archive.write;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import lull.archive.schema.ArchiveDatabase;
import lull.runtime.admin.Dependency;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.flywaydb.core.api.FlywayException;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Thread that follows topics and writes their records. Its consumer group only divides the
/// partitions; each is read from the offset in the database. While the database fails it reads
/// nothing, and goes on by itself when the database answers.
public final class Follower implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Follower.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

    private final Consumer<byte[], byte[]> consumer;
    private final List<String> topics;
    private final RowWriter writer;
    private final Runnable setUp;
    private final Dependency database;
    private final FollowerMetrics metrics;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    /// Whether the positions of the consumer are not yet those of the database. Only the thread uses it.
    private boolean isUnpositioned;

    /// Creates a follower on its own consumer, which belongs to a group; it reads after it was started.
    ///
    /// @param setUp prepares the database; it is repeated until it does not fail
    /// @param database to which results of calls are reported
    public Follower(
            Consumer<byte[], byte[]> consumer,
            Collection<String> topics,
            RowWriter writer,
            Runnable setUp,
            Dependency database,
            FollowerMetrics metrics) {
        this.consumer = consumer;
        this.topics = List.copyOf(topics);
        this.writer = writer;
        this.setUp = setUp;
        this.database = database;
        this.metrics = metrics;
        this.thread = Thread.ofPlatform().name("archive-follower").unstarted(this::follow);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        closing.countDown();
        if (thread.getState() == Thread.State.NEW) {
            consumer.close();
            return;
        }
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try (consumer) {
            prepare();
            consumer.subscribe(topics, new ConsumerRebalanceListener() {
                @Override
                public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                    // Nothing is kept between two batches.
                }

                @Override
                public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                    isUnpositioned = true;
                }
            });
            while (closing.getCount() > 0) {
                round();
            }
        } catch (WakeupException e) {
            log.debug("Woken to stop");
        }
    }

    private void prepare() {
        while (closing.getCount() > 0) {
            try {
                setUp.run();
                database.worked();
                return;
            } catch (DataAccessException | FlywayException e) {
                database.failed(ArchiveDatabase.reason(e));
                rest();
            }
        }
    }

    private void round() {
        try {
            ConsumerRecords<byte[], byte[]> batch = consumer.poll(isUnpositioned ? Duration.ZERO : POLL);
            if (isUnpositioned) {
                // What came with this poll is read again from the right place.
                position();
                return;
            }
            if (!batch.isEmpty()) {
                write(batch);
            }
            metrics.lag(lag());
        } catch (WakeupException e) {
            throw e;
        } catch (DataAccessException e) {
            isUnpositioned = true;
            database.failed(ArchiveDatabase.reason(e));
            rest();
        } catch (KafkaException e) {
            isUnpositioned = true;
            log.atWarn()
                    .addKeyValue("error", e.getClass().getSimpleName())
                    .log("Topics cannot be read now; the archive tries again, and nothing is lost");
            rest();
        }
    }

    private void write(ConsumerRecords<byte[], byte[]> batch) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        Map<TopicPartition, Long> next = new HashMap<>();
        for (TopicPartition partition : batch.partitions()) {
            records.addAll(batch.records(partition));
            next.put(partition, consumer.position(partition));
        }
        RowWriter.Written written = writer.write(records, next);
        database.worked();
        metrics.wrote(written);
    }

    /// Continues at the offsets of the database.
    private void position() {
        Set<TopicPartition> assigned = consumer.assignment();
        Map<TopicPartition, Long> stored = writer.positions();
        database.worked();
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(assigned);
        Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
        for (TopicPartition partition : assigned) {
            long beginning = beginnings.getOrDefault(partition, 0L);
            long next = stored.getOrDefault(partition, 0L);
            if (next > ends.getOrDefault(partition, Long.MAX_VALUE)) {
                log.atWarn()
                        .addKeyValue("topic", partition.topic())
                        .addKeyValue("partition", partition.partition())
                        .addKeyValue("offset", next)
                        .log("The topic ends before the offset in the archive, so it was created again or has lost"
                                + " records. It is read from its beginning");
                writer.rewind(List.of(partition));
                next = 0;
            } else if (next > 0 && next < beginning) {
                metrics.missed(beginning - next);
                log.atError()
                        .addKeyValue("topic", partition.topic())
                        .addKeyValue("partition", partition.partition())
                        .addKeyValue("records", beginning - next)
                        .log("Kafka deleted records before the archive had read them. They are missing in the archive;"
                                + " increase the retention of the topic, or find out why the archive did not read");
            }
            consumer.seek(partition, Math.max(next, beginning));
        }
        isUnpositioned = false;
    }

    private long lag() {
        long lag = 0;
        for (TopicPartition partition : consumer.assignment()) {
            OptionalLong of = consumer.currentLag(partition);
            lag += of.orElse(0);
        }
        return lag;
    }

    private void rest() {
        try {
            if (closing.await(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("Stopping");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
