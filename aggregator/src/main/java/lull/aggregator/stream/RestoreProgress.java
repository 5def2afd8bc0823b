package lull.aggregator.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/// Progress of an input topic's application in restoring its state from the changelogs; until then its
/// partitions are not processed. The threads of Kafka Streams report it, and any thread reads it.
public final class RestoreProgress implements StateRestoreListener {

    private final Map<TopicPartition, Long> left = new ConcurrentHashMap<>();
    private final Counter restored;

    public RestoreProgress(MeterRegistry registry, String topic) {
        Gauge.builder("lull.state.restoring", left, RestoreProgress::sum)
                .description("Records of changelogs that are not restored yet")
                .tags("topic", topic)
                .register(registry);
        restored = Counter.builder("lull.state.restored")
                .description("Records of changelogs that were restored")
                .tags("topic", topic)
                .register(registry);
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long startingOffset, long endingOffset) {
        left.put(partition, endingOffset - startingOffset);
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long batchEndOffset, long records) {
        restored.increment((double) records);
        left.computeIfPresent(partition, (_, before) -> Math.max(0, before - records));
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long totalRestored) {
        left.remove(partition);
    }

    @Override
    public void onRestoreSuspended(TopicPartition partition, String store, long totalRestored) {
        left.remove(partition);
    }

    private static double sum(Map<TopicPartition, Long> left) {
        return left.values().stream().mapToLong(Long::longValue).sum();
    }
}
