package lull.runtime.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import lull.contract.topic.KafkaAccess.Right;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.runtime.admin.Dependencies;
import lull.runtime.admin.Dependency;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Watch over Kafka for a whole process: whether any broker answers, whether the topics that its
/// services need exist and have leaders, and whether it still has its rights. Kafka's consumers and Streams report
/// none of it; they wait.
///
/// A process without a broker, or without a topic, is not ready. If only some partitions of a topic
/// have no leader, or a right was taken away, the process is degraded, because the others continue.
/// Its checks run on one thread. [#watch] and the answers are for any thread.
public final class KafkaWatch implements AutoCloseable {

    private static final int REQUEST_MILLIS = 1_000;
    private static final int CALL_MILLIS = (int) Dependencies.CHECK_LIMIT.toMillis();

    private static final Duration STEADY = Duration.ofSeconds(15);

    private final Admin admin;
    private final BrokerAddresses addresses;
    private final LongSupplier nanoTime;
    private final Dependency cluster;
    private final Dependency whole;
    private final Dependency parts;
    private final Dependency permitted;
    private final RightsWatch rights;
    private final Set<String> topics = new ConcurrentSkipListSet<>();

    private final Set<String> keyed = new ConcurrentSkipListSet<>();

    /// The number of partitions of keyed topics when they were first seen. Only the checking thread
    /// uses it.
    private final Map<String, Integer> partitions = new TreeMap<>();

    private volatile boolean answered;
    private volatile long answeredAt;
    private volatile boolean steady;
    private volatile long steadySince;

    private KafkaWatch(KafkaSetup kafka, Dependencies dependencies, LongSupplier nanoTime) throws InterruptedException {
        this.addresses = BrokerAddresses.of(kafka);
        this.nanoTime = nanoTime;
        this.admin = kafka.connectAdmin(
                "lull-watch",
                Map.of(
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        REQUEST_MILLIS,
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        CALL_MILLIS));
        this.cluster = dependencies.required(
                "kafka",
                "Nothing is read or written until a broker answers, and nothing is lost. Check that the brokers"
                        + " run, and that this machine can reach them; the process recovers by itself.");
        this.whole = dependencies.required(
                "topics",
                "Records of such a topic wait. Run `bin/lull topics check`; the process recovers by itself once the"
                        + " topic can be used.");
        this.parts = dependencies.optional(
                "partitions",
                "Conversations of a partition without a leader wait; all others continue. Check the brokers that"
                        + " hold its replicas.");
        this.permitted = dependencies.optional(
                "rights",
                "Kafka granted these rights when the process started. What needs them fails or waits. Grant them"
                        + " again; the process recovers by itself.");
        this.rights = new RightsWatch(admin, CALL_MILLIS, nanoTime, () -> answered && !cluster.isUnavailable());
    }

    /// Starts to watch. The start of the services reports if no broker has ever answered.
    ///
    /// @param nanoTime a monotonic clock in nanoseconds, such as `System::nanoTime`
    public static KafkaWatch start(KafkaSetup kafka, Dependencies dependencies, LongSupplier nanoTime)
            throws InterruptedException {
        KafkaWatch watch = new KafkaWatch(kafka, dependencies, nanoTime);
        dependencies.check(watch.cluster, watch::clusterProblem);
        dependencies.check(watch.whole, watch::topicProblem);
        dependencies.check(watch.permitted, watch.rights::problem);
        return watch;
    }

    /// Adds topics that must exist, and rights that Kafka must grant, from now on.
    public void watch(Collection<Topic> needed, Collection<Right> granted) {
        rights.add(granted);
        needed.forEach(topic -> topics.add(topic.name()));
        needed.stream().filter(Topics::isKeyed).forEach(topic -> keyed.add(topic.name()));
    }

    /// Returns why no broker answers and since when, in words; empty while one does.
    public Optional<String> problem() {
        return cluster.problem();
    }

    /// Whether it is known that no broker answers; this has then been logged.
    public boolean isUnavailable() {
        return cluster.isUnavailable();
    }

    /// Whether brokers have answered without interruption for a while, and also after the given time of
    /// the monotonic clock. A broker that has just become available may need some seconds until it
    /// accepts records.
    public boolean answersSteadily(long nanos) {
        return answered && answeredAt - nanos > 0 && answeredAt - steadySince >= STEADY.toNanos();
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private Optional<String> clusterProblem() throws InterruptedException {
        long asked = nanoTime.getAsLong();
        try {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs(CALL_MILLIS))
                    .nodes()
                    .get(2L * CALL_MILLIS, TimeUnit.MILLISECONDS);
            if (!steady) {
                steady = true;
                steadySince = asked;
            }
            answeredAt = asked;
            answered = true;
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            steady = false;
            return answered ? Optional.of(addresses.problem(e)) : Optional.empty();
        }
    }

    /// Returns what is wrong with topics that cannot be used at all. Also reports those that can be
    /// used in part.
    private Optional<String> topicProblem() throws InterruptedException {
        if (topics.isEmpty() || !answered) {
            return Optional.empty();
        }
        List<String> unusable = new ArrayList<>();
        List<String> inPart = new ArrayList<>();
        Map<String, KafkaFuture<TopicDescription>> descriptions = new TreeMap<>(
                admin.describeTopics(Set.copyOf(topics), new DescribeTopicsOptions().timeoutMs(CALL_MILLIS))
                        .topicNameValues());
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : descriptions.entrySet()) {
            try {
                TopicDescription described = topic.getValue().get(2L * CALL_MILLIS, TimeUnit.MILLISECONDS);
                List<Integer> leaderless = leaderless(described);
                if (!leaderless.isEmpty()) {
                    boolean isWhole =
                            leaderless.size() == described.partitions().size();
                    (isWhole ? unusable : inPart)
                            .add(problem(topic.getKey(), "no leader for its partitions " + leaderless));
                }
                repartitioned(topic.getKey(), described.partitions().size()).ifPresent(inPart::add);
            } catch (ExecutionException e) {
                reason(e, topic.getKey()).ifPresent(reason -> unusable.add(problem(topic.getKey(), reason)));
            } catch (TimeoutException e) {
                // The check of the brokers reports it.
                return Optional.empty();
            }
        }
        if (inPart.isEmpty()) {
            parts.worked();
        } else {
            parts.failed(String.join("; ", inPart));
        }
        return unusable.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", unusable));
    }

    /// Kafka's clients start to use new partitions by themselves, which spreads one conversation over
    /// two partitions.
    private Optional<String> repartitioned(String topic, int now) {
        if (!keyed.contains(topic)) {
            return Optional.empty();
        }
        int before = partitions.computeIfAbsent(topic, _ -> now);
        return now == before
                ? Optional.empty()
                : Optional.of(topic + " had " + before + " partitions when this process started and has " + now
                        + ", so the messages of one conversation may be out of order: stop the processes that write"
                        + " to it, and see \"More partitions\" in docs/upgrading.md");
    }

    private static String problem(String topic, String reason) {
        return "cannot read " + topic + ": " + reason;
    }

    private static List<Integer> leaderless(TopicDescription topic) {
        List<Integer> leaderless = new ArrayList<>();
        topic.partitions().forEach(partition -> {
            if (partition.leader() == null || partition.leader().isEmpty()) {
                leaderless.add(partition.partition());
            }
        });
        return leaderless;
    }

    private Optional<String> reason(ExecutionException failure, String topic) {
        return switch (failure.getCause()) {
            case UnknownTopicOrPartitionException e -> Optional.of("the topic does not exist");
            case AuthorizationException _ -> Optional.of(rights.ofTopic(topic));
            // The check of the brokers reports it.
            case null, default -> Optional.empty();
        };
    }
}
