package lull.aggregator.operator;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import lull.aggregator.turn.InputPolicy;
import lull.aggregator.turn.TurnSettings;
import lull.contract.SettingChange;
import lull.contract.json.Json;
import lull.contract.message.GapSetting;
import lull.contract.message.InputRecord;
import lull.contract.topic.Topics;
import lull.runtime.settings.Durations;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Control of the gap of an input topic at run time. A setting record is written to each partition, so
/// that the change has its place in the log that determines turns. Who made the change and when is
/// written to `lull.setting.changed`, before the change and after it.
public final class GapControl {

    private static final Logger log = LoggerFactory.getLogger(GapControl.class);

    private static final Pattern BUSINESS_NUMBER = Pattern.compile("[0-9]{1,32}");

    /// Excludes everything that could make its log line look like another one: control characters,
    /// direction marks, lone surrogates.
    private static final Pattern AUTHOR = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1,200}");
    private static final long WAIT_SECONDS = 15;
    private static final String UNTOLD = Topics.SETTING_CHANGED.name() + " could not be written";

    private final Map<String, InputPolicy> policies;
    private final Producer<byte[], byte[]> producer;
    private final InstantSource clock;
    private final ReentrantLock oneByOne = new ReentrantLock();
    private final Counter made;
    private final Counter partial;
    private final Counter refused;

    /// @param policies the policies of all input topics
    public GapControl(
            Map<String, InputPolicy> policies,
            Producer<byte[], byte[]> producer,
            InstantSource clock,
            MeterRegistry registry) {
        this.policies = Map.copyOf(policies);
        this.producer = producer;
        this.clock = clock;
        this.made = changes(registry, "made");
        this.partial = changes(registry, "partial");
        this.refused = changes(registry, "refused");
    }

    /// A requested change.
    ///
    /// @param gap absent: back to the configuration
    /// @param businessNumber absent: all numbers without a gap of their own
    /// @param by who requests it
    record Change(
            String topic, @Nullable Duration gap, @Nullable String businessNumber, String by) {}

    /// Result of a change.
    sealed interface Result {

        /// The change is in the log of every partition.
        record Made(SettingChange change) implements Result {}

        /// The input topic does not exist.
        record UnknownTopic(String problem) implements Result {}

        /// Nothing was changed, because the change makes no sense.
        record Absurd(String problem) implements Result {}

        /// The change is in the log of some partitions or of none, or its result was not recorded; it
        /// is safe to request it again.
        record Partial(SettingChange change, String problem) implements Result {}
    }

    /// Makes a change, or returns why it was not made.
    Result make(Change change) throws InterruptedException {
        Result result;
        // Two concurrent changes could reach partitions in different order.
        oneByOne.lockInterruptibly();
        try {
            result = attempt(change);
        } finally {
            oneByOne.unlock();
        }
        switch (result) {
            case Result.Made _ -> made.increment();
            case Result.Partial _ -> partial.increment();
            case Result.UnknownTopic _, Result.Absurd _ -> refused.increment();
        }
        return result;
    }

    private Result attempt(Change change) throws InterruptedException {
        InputPolicy policy = policies.get(change.topic());
        if (policy == null) {
            return new Result.UnknownTopic("There is no input topic " + change.topic() + "; there are "
                    + String.join(", ", policies.keySet().stream().sorted().toList()));
        }
        Optional<String> absurd = absurd(change, policy);
        if (absurd.isPresent()) {
            return new Result.Absurd(absurd.get());
        }
        SettingChange asked = asked(change);
        if (!record(asked)) {
            return new Result.Partial(asked, "Nothing was changed, because " + UNTOLD);
        }
        SettingChange made = write(change, asked);
        boolean recorded = record(made);
        log(made);
        if (!made.failedPartitions().isEmpty()) {
            return new Result.Partial(
                    made, "The broker did not acknowledge the change for partitions " + made.failedPartitions());
        }
        return recorded ? new Result.Made(made) : new Result.Partial(made, "The gap was changed, but " + UNTOLD);
    }

    /// How many partitions an input topic has.
    int partitions(String topic) {
        return producer.partitionsFor(topic).size();
    }

    private static Optional<String> absurd(Change change, InputPolicy policy) {
        String number = change.businessNumber();
        if (number != null && !BUSINESS_NUMBER.matcher(number).matches()) {
            return Optional.of("A business number is WhatsApp's phone number id, such as 106540352242922");
        }
        if (!AUTHOR.matcher(change.by()).matches()) {
            return Optional.of("by is a name of at most 200 characters in one line");
        }
        Duration gap = change.gap();
        if (gap == null) {
            return Optional.empty();
        }
        if (gap.isNegative() || gap.compareTo(TurnSettings.MAX_GAP) > 0) {
            return Optional.of("A gap is at most " + Durations.text(TurnSettings.MAX_GAP));
        }
        if (!gap.isZero() && gap.compareTo(TurnSettings.SHORTEST_GAP) < 0) {
            return Optional.of(
                    "A gap is at least " + Durations.text(TurnSettings.SHORTEST_GAP) + ", or 0ms to turn waiting off");
        }
        Duration longest = number == null
                ? policy.shortestMaxDuration()
                : policy.of(number).maxDuration();
        return gap.compareTo(longest) > 0
                ? Optional.of("A gap of " + Durations.text(gap) + " is longer than a turn may last ("
                        + TurnSettings.MAX_DURATION.name() + " is " + Durations.text(longest) + ")")
                : Optional.empty();
    }

    private SettingChange asked(Change change) {
        Duration gap = change.gap();
        return new SettingChange(
                change.topic(),
                TurnSettings.GAP.name(),
                change.businessNumber(),
                gap == null ? null : Durations.text(gap),
                change.by(),
                clock.instant(),
                List.of(),
                List.of());
    }

    private SettingChange write(Change change, SettingChange asked) throws InterruptedException {
        InputRecord setting = new GapSetting(change.gap(), change.businessNumber());
        byte[] value = Json.bytes(setting);
        int partitions = partitions(change.topic());
        Map<Integer, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            sent.put(partition, producer.send(new ProducerRecord<>(change.topic(), partition, null, value)));
        }
        List<Integer> made = new ArrayList<>();
        List<Integer> failed = new ArrayList<>();
        for (Map.Entry<Integer, Future<RecordMetadata>> partition : sent.entrySet()) {
            (isAcknowledged(partition.getValue()) ? made : failed).add(partition.getKey());
        }
        return asked.in(made, failed);
    }

    private boolean record(SettingChange change) throws InterruptedException {
        return isAcknowledged(producer.send(new ProducerRecord<>(
                Topics.SETTING_CHANGED.name(), change.topic().getBytes(StandardCharsets.UTF_8), Json.bytes(change))));
    }

    private static void log(SettingChange change) {
        log.atInfo()
                .addKeyValue("topic", change.topic())
                .addKeyValue("number", change.businessNumber())
                .addKeyValue("gap", change.value())
                .addKeyValue("by", change.changedBy())
                .addKeyValue("failedPartitions", change.failedPartitions())
                .log("The gap was changed");
    }

    private static Counter changes(MeterRegistry registry, String outcome) {
        return Counter.builder("lull.gap.changes")
                .description("Changes of gaps that operators requested, by outcome")
                .tags("outcome", outcome)
                .register(registry);
    }

    private static boolean isAcknowledged(Future<RecordMetadata> sent) throws InterruptedException {
        try {
            sent.get(WAIT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return false;
        }
    }
}
