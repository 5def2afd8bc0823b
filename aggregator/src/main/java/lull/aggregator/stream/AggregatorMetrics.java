package lull.aggregator.stream;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import lull.aggregator.turn.OpenTurn;
import lull.contract.message.Route;
import lull.contract.turn.GapDecision;
import lull.contract.turn.TurnCause;

/// Metrics of the aggregator for one input topic.
/// Safe for several threads: each partition is counted by the stream thread that has it.
public final class AggregatorMetrics {

    private static final Set<GapDecision.By> DECIDERS = EnumSet.complementOf(EnumSet.of(GapDecision.By.UNKNOWN));

    private final MeterRegistry registry;
    private final String topic;
    private final Map<TurnCause, Counter> closed = new EnumMap<>(TurnCause.class);
    private final Map<Integer, Integer> openByPartition = new ConcurrentHashMap<>();
    private final DistributionSummary messages;
    private final Timer wait;
    private final Timer waitAdded;
    private final Timer delay;
    private final AtomicLong brokerSkew = new AtomicLong();
    private final Counter duplicates;
    private final Counter joinedLate;
    private final Counter holes;
    private final Counter cuts;
    private final Counter expected;
    private final Map<String, Counter> routed = new TreeMap<>();
    private final Counter misrouted;
    private final Map<GapDecision.By, Timer> judged = new EnumMap<>(GapDecision.By.class);
    private final Counter ticksSent;
    private final Counter ticksFailed;

    /// @param options of the input topic; its destinations are values of a tag
    public AggregatorMetrics(MeterRegistry registry, TurnTopology.Options options) {
        this.registry = registry;
        this.topic = options.input();
        for (TurnCause cause : TurnCause.values()) {
            closed.put(
                    cause,
                    Counter.builder("lull.turns.closed")
                            .description("Closed turns by cause")
                            .tags("topic", topic, "cause", cause.word())
                            .register(registry));
        }
        Gauge.builder("lull.turns.open", openByPartition, AggregatorMetrics::sum)
                .description("Open turns on this instance")
                .tags("topic", topic)
                .register(registry);
        messages = DistributionSummary.builder("lull.turn.messages")
                .description("Messages per turn")
                .tags("topic", topic)
                .register(registry);
        wait = Timer.builder("lull.turn.wait")
                .description("Time from a turn's first message to its end, by the timestamps of the log")
                .tags("topic", topic)
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        waitAdded = Timer.builder("lull.turn.wait.added")
                .description("Time from a turn's last message to its end, by the timestamps of the log: the wait that"
                        + " Lull adds")
                .tags("topic", topic)
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        delay = Timer.builder("lull.turn.delay")
                .description("Time from a turn's deadline to its end, by the timestamps of the log")
                .tags("topic", topic)
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        duplicates = counter("lull.messages.duplicate", "Messages dropped because they were seen before");
        joinedLate = counter("lull.messages.joined.late", "Messages that joined their turn by receive time");
        holes = counter(
                "lull.log.holes", "Holes (discontinuities of the log), after which turns settle before they end");
        Gauge.builder("lull.broker.clock.skew.seconds", brokerSkew, skew -> skew.get() / 1e3)
                .description("How far the broker's clock is ahead of this machine's, by the latest tick")
                .tags("topic", topic)
                .register(registry);
        expected = counter(
                "lull.turns.expected",
                "Open turns that were given to assistants before they ended, because another message was unlikely");
        cuts = counter(
                "lull.turns.cut",
                "Turns that a message followed within a minute before the business answered, while the adaptive gap"
                        + " decides or is tried");
        for (GapDecision.By by : DECIDERS) {
            judged.put(
                    by,
                    Timer.builder("lull.gap.wait")
                            .description("How long the adaptive gap waits or would wait, by what decided")
                            .tags("topic", topic, "by", by.word())
                            .publishPercentiles(0.5, 0.95)
                            .register(registry));
        }
        List<String> destinations = new ArrayList<>(options.destinations().keySet());
        destinations.add(Route.CONNECT);
        for (String destination : destinations) {
            routed.put(
                    destination,
                    Counter.builder("lull.turns.routed")
                            .description("Closed turns by destination; connect is Amazon Connect")
                            .tags("topic", topic, "destination", destination)
                            .register(registry));
        }
        misrouted = counter(
                "lull.turns.misrouted",
                "Turns that went to Amazon Connect because the destination of their route is not configured");
        ticksSent = ticks("sent");
        ticksFailed = ticks("failed");
    }

    void closed(TurnCause cause, OpenTurn turn, long now) {
        counted(cause).increment();
        messages.record(turn.messages());
        waitAdded.record(Duration.ofMillis(Math.max(0, now - turn.lastTime())));
        wait.record(Duration.ofMillis(Math.max(0, now - turn.firstTime())));
        delay.record(Duration.ofMillis(Math.max(0, now - turn.deadline())));
    }

    void duplicate() {
        duplicates.increment();
    }

    void joinedLate() {
        joinedLate.increment();
    }

    void hole() {
        holes.increment();
    }

    void expected() {
        expected.increment();
    }

    void cut() {
        cuts.increment();
    }

    void judged(GapDecision.By by, Duration adaptiveWait) {
        requireNonNull(judged.get(by)).record(adaptiveWait);
    }

    /// @param destination a configured one, or connect
    void routed(String destination) {
        requireNonNull(routed.get(destination)).increment();
    }

    void misrouted() {
        misrouted.increment();
    }

    void tickSent() {
        ticksSent.increment();
    }

    /// @param millis how far the broker's clock is ahead
    void brokerSkew(long millis) {
        brokerSkew.set(millis);
    }

    void tickFailed() {
        ticksFailed.increment();
    }

    /// Counts a dead letter.
    ///
    /// @param reason one of a few fixed words
    void deadLetter(String reason) {
        Counter.builder("lull.dead.letters")
                .description("Records that could not be handled, by topic and reason")
                .tags("topic", topic, "reason", reason)
                .register(registry)
                .increment();
    }

    void open(int partition, int turns) {
        openByPartition.put(partition, turns);
    }

    void released(int partition) {
        openByPartition.remove(partition);
    }

    private static double sum(Map<Integer, Integer> openByPartition) {
        return openByPartition.values().stream().mapToInt(Integer::intValue).sum();
    }

    private Counter counted(TurnCause cause) {
        return requireNonNull(closed.get(cause));
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name)
                .description(description)
                .tags("topic", topic)
                .register(registry);
    }

    private Counter ticks(String outcome) {
        return Counter.builder("lull.ticks")
                .description(
                        "Ticks (heartbeat records) and probes before them, written to advance the time of a quiet partition")
                .tags("topic", topic, "outcome", outcome)
                .register(registry);
    }
}
