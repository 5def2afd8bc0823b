package lull.ingress.action;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.contract.ActionPerformed;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.Topics;
import lull.runtime.BoundedMap;
import lull.runtime.kafka.TopicFollower;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Performed actions by the id of their request, read from Kafka. The first record of a request in the log decides
/// which attempt performs it, also if several instances get the request at once. It owns its consumer. Safe for
/// several threads.
public final class PerformedActions implements AutoCloseable {

    private final Options options;
    private final TopicFollower follower;
    private final Map<String, Entry> known;

    /// Options of what is read.
    ///
    /// @param most the maximum number of requests that are remembered
    /// @param oldest nothing older is read at the start
    /// @param timeout how long reading to the present end of the topic may take
    /// @param longest how long an action may take: an older one without a result is in doubt
    public record Options(int most, Instant oldest, Duration timeout, Duration longest) {}

    /// What is known of a request.
    ///
    /// @param first its first record, which has the attempt that performs it
    /// @param latest the latest record of that attempt
    record Entry(ActionPerformed first, ActionPerformed latest) {

        /// Whether another attempt may be made.
        boolean isRepeatable() {
            return latest.state().isRepeatable();
        }
    }

    /// Creates a reader, which reads after it was started.
    public PerformedActions(Consumer<byte[], byte[]> consumer, Options options) {
        this.options = options;
        this.known = new BoundedMap<>(options.most());
        this.follower = new TopicFollower(
                consumer,
                List.of(Topics.ACTION_PERFORMED),
                this::read,
                new TopicFollower.Start(Integer.MAX_VALUE, options.oldest()),
                options.timeout());
    }

    /// Starts to read.
    public void start() {
        follower.start();
    }

    /// Returns why the records are incomplete or out of date, in words; empty if they are not.
    Optional<String> problem() {
        return follower.problem();
    }

    /// Returns what is known of a request, including what other instances have written up to now. Throws
    /// [lull.runtime.kafka.NotAcknowledged] if Kafka does not answer in time.
    Optional<Entry> find(String id) throws InterruptedException {
        follower.toPresentEnd();
        synchronized (known) {
            return Optional.ofNullable(known.get(id));
        }
    }

    /// How long an action may take.
    Duration longest() {
        return options.longest();
    }

    @Override
    public void close() {
        follower.close();
    }

    private void read(ConsumerRecord<byte[], byte[]> record) throws UnreadableJson {
        byte @Nullable [] value = record.value();
        if (value != null) {
            add(new String(record.key(), StandardCharsets.UTF_8), Json.read(value, ActionPerformed.class));
        }
    }

    private void add(String id, ActionPerformed performed) {
        synchronized (known) {
            Entry entry = known.get(id);
            if (performed.state() == ActionPerformed.State.STARTED) {
                if (entry == null || entry.isRepeatable()) {
                    known.remove(id);
                    known.put(id, new Entry(performed, performed));
                }
            } else if (entry != null && entry.first().attempt().equals(performed.attempt())) {
                known.put(id, new Entry(entry.first(), performed));
            }
        }
    }
}
