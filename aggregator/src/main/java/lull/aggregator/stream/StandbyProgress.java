package lull.aggregator.stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lull.runtime.Periodic;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.StandbyUpdateListener;
import org.apache.kafka.streams.processor.TaskId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Standbys that an instance keeps of the state of others, and how far they are behind the changelogs.
/// Register it as the standby listener of the application before that starts, then [#watch] it.
///
/// The listener reports which standbys there are. How far they are behind is asked of Kafka, because the
/// listener is called only after something was read: a standby that reads nothing would seem to be up to date.
/// The threads of Kafka Streams report standbys, and any thread reads the result.
public final class StandbyProgress implements StandbyUpdateListener {

    private static final Logger log = LoggerFactory.getLogger(StandbyProgress.class);

    private static final Duration EVERY = Duration.ofSeconds(5);

    /// Kafka writes a mark after the records of each transaction, which is no part of the state. So one is always left.
    private static final long TRANSACTION_MARK = 1;

    /// The name of the store, by its changelog.
    private final Map<TopicPartition, String> standbys = new ConcurrentHashMap<>();

    /// Replaced as a whole by the thread that asks Kafka.
    private volatile Map<TopicPartition, Long> behind = Map.of();

    public StandbyProgress(MeterRegistry registry, String topic) {
        Gauge.builder("lull.state.standbys", this, StandbyProgress::partitions)
                .description("Partitions whose state this instance keeps as a standby")
                .tags("topic", topic)
                .register(registry);
        Gauge.builder("lull.state.standby.lag", this, StandbyProgress::lag)
                .description("Records of changelogs that the standbys of this instance do not have yet")
                .tags("topic", topic)
                .register(registry);
    }

    /// Starts to ask Kafka, every five seconds. Close what is returned before the application.
    public Periodic watch(String topic, KafkaStreams streams) {
        return Periodic.start("standbys of " + topic, EVERY, () -> measure(streams));
    }

    /// The number of partitions of which this instance has a standby.
    double partitions() {
        return standbys.keySet().stream()
                .mapToInt(TopicPartition::partition)
                .distinct()
                .count();
    }

    /// The records that all standbys of this instance lack; NaN while that is unknown.
    double lag() {
        Map<TopicPartition, Long> known = behind;
        Collection<TopicPartition> all = standbys.keySet();
        return known.keySet().containsAll(all)
                ? all.stream()
                        .mapToLong(changelog -> known.getOrDefault(changelog, 0L))
                        .sum()
                : Double.NaN;
    }

    private void measure(KafkaStreams streams) {
        if (standbys.isEmpty()) {
            behind = Map.of();
            return;
        }
        try {
            Map<String, Map<Integer, LagInfo>> lags = streams.allLocalStorePartitionLags();
            Map<TopicPartition, Long> measured = new ConcurrentHashMap<>();
            standbys.forEach((changelog, store) -> {
                LagInfo lag = lags.getOrDefault(store, Map.of()).get(changelog.partition());
                if (lag != null) {
                    measured.put(changelog, Math.max(0, lag.offsetLag() - TRANSACTION_MARK));
                }
            });
            behind = Map.copyOf(measured);
        } catch (StreamsException e) {
            // Kafka does not answer, which the process reports already.
            behind = Map.of();
            log.atDebug().setCause(e).log("The lag of standbys is unknown");
        }
    }

    @Override
    public void onUpdateStart(TopicPartition changelog, String store, long startingOffset) {
        standbys.put(changelog, store);
    }

    @Override
    public void onBatchLoaded(
            TopicPartition changelog,
            String store,
            TaskId task,
            long batchEndOffset,
            long batchSize,
            long currentEndOffset) {}

    @Override
    public void onUpdateSuspended(
            TopicPartition changelog, String store, long storeOffset, long currentEndOffset, SuspendReason reason) {
        standbys.remove(changelog);
    }
}
