package lull.aggregator.operator;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lull.aggregator.gap.GapModel;
import lull.aggregator.turn.InputPolicy;
import lull.aggregator.turn.TurnSettings;
import lull.contract.SettingChange;
import lull.contract.message.GapRule;
import lull.runtime.settings.Durations;
import org.jspecify.annotations.Nullable;

/// Control of the gap of an input topic, of its rule and its model at run time. A setting record is
/// written to each partition, so that the change has its place in the log that determines turns. Who
/// made the change and when is written to `lull.setting.changed`, before the change and after it.
/// Safe for several threads: changes are made one after the other.
public final class GapControl {

    /// Versions are in reports, in logs and in turns.
    private static final Pattern VERSION = Pattern.compile("[a-zA-Z0-9._-]{1,64}");

    private final Map<String, InputPolicy> policies;
    private final SettingLog settings;
    private final ReentrantLock oneByOne = new ReentrantLock();
    private final Counter made;
    private final Counter partial;
    private final Counter refused;

    /// @param policies the policies of all input topics
    public GapControl(Map<String, InputPolicy> policies, SettingLog settings, MeterRegistry registry) {
        this.policies = Map.copyOf(policies);
        this.settings = settings;
        this.made = changes(registry, "made");
        this.partial = changes(registry, "partial");
        this.refused = changes(registry, "refused");
    }

    /// A requested change.
    ///
    /// @param settings what to change, in the order in which each partition gets it
    /// @param businessNumber absent: all numbers without a gap of their own
    /// @param by who requests it
    record Change(
            String topic,
            List<AskedSetting> settings,
            @Nullable String businessNumber,
            String by) {}

    /// Result of a change.
    sealed interface Result {

        /// The change is in the log of every partition.
        ///
        /// @param changes one for each setting
        record Made(List<SettingChange> changes) implements Result {}

        /// The input topic does not exist.
        record UnknownTopic(String problem) implements Result {}

        /// Nothing was changed, because the change makes no sense.
        record Absurd(String problem) implements Result {}

        /// Nothing was changed, because another model has the version of the one to set.
        record VersionTaken(String problem) implements Result {}

        /// The change is in the log of some partitions or of none, or its result was not recorded; it
        /// is safe to request it again.
        record Partial(List<SettingChange> changes, String problem) implements Result {}
    }

    /// Counts a request that is no change.
    void refused() {
        refused.increment();
    }

    /// Makes a change, or returns why it was not made.
    Result make(Change change, KnownModels known) throws InterruptedException {
        Result result;
        // Two concurrent changes could reach partitions in different order.
        oneByOne.lockInterruptibly();
        try {
            result = attempt(change, known);
        } finally {
            oneByOne.unlock();
        }
        switch (result) {
            case Result.Made _ -> made.increment();
            case Result.Partial _ -> partial.increment();
            case Result.UnknownTopic _, Result.Absurd _, Result.VersionTaken _ -> refused.increment();
        }
        return result;
    }

    private Result attempt(Change change, KnownModels known) throws InterruptedException {
        InputPolicy policy = policies.get(change.topic());
        if (policy == null) {
            return new Result.UnknownTopic("There is no input topic " + change.topic() + "; there are "
                    + String.join(", ", policies.keySet().stream().sorted().toList()));
        }
        Optional<String> absurd = absurd(change, policy);
        if (absurd.isPresent()) {
            return new Result.Absurd(absurd.get());
        }
        for (AskedSetting setting : change.settings()) {
            if (setting instanceof AskedSetting.Model(GapModel model)
                    && model != null
                    && known.hasOther(change.topic(), model)) {
                return new Result.VersionTaken("The version " + model.version() + " is that of another model, and turns"
                        + " name their models by version: give this model a version of its own");
            }
        }
        List<SettingChange> asked =
                settings.asked(change.topic(), change.businessNumber(), change.by(), change.settings());
        return switch (settings.make(asked, change.settings(), "The gap was changed")) {
            case SettingLog.Outcome.Made(var made) -> new Result.Made(made);
            case SettingLog.Outcome.Partial(var made, String problem) -> new Result.Partial(made, problem);
        };
    }

    /// How many partitions an input topic has.
    int partitions(String topic) {
        return settings.partitions(topic);
    }

    private static Optional<String> absurd(Change change, InputPolicy policy) {
        String number = change.businessNumber();
        if (!SettingLog.isBusinessNumber(number)) {
            return Optional.of(SettingLog.NO_BUSINESS_NUMBER);
        }
        if (!SettingLog.isAuthor(change.by())) {
            return Optional.of(SettingLog.NO_AUTHOR);
        }
        Duration longest = number == null
                ? policy.shortestMaxDuration()
                : policy.of(number).maxDuration();
        return change.settings().stream()
                .flatMap(setting -> switch (setting) {
                    case AskedSetting.Gap(Duration gap) -> gap == null ? Stream.empty() : absurd(gap, longest).stream();
                    case AskedSetting.Rule(GapRule rule) ->
                        rule == null ? Stream.empty() : absurd(rule, change, longest).stream();
                    case AskedSetting.Model(GapModel model) -> model == null ? Stream.empty() : absurd(model).stream();
                    case AskedSetting.Routes _, AskedSetting.Flags _ ->
                        throw new IllegalArgumentException("Routes and flags are changed elsewhere");
                })
                .findFirst();
    }

    /// @param longest how long a turn may last
    private static Optional<String> absurd(Duration gap, Duration longest) {
        if (gap.isNegative() || gap.compareTo(TurnSettings.MAX_GAP) > 0) {
            return Optional.of("A gap is at most " + Durations.text(TurnSettings.MAX_GAP));
        }
        if (!gap.isZero() && gap.compareTo(TurnSettings.SHORTEST_GAP) < 0) {
            return Optional.of(
                    "A gap is at least " + Durations.text(TurnSettings.SHORTEST_GAP) + ", or 0ms to turn waiting off");
        }
        return gap.compareTo(longest) > 0 ? Optional.of(tooLong("gap", gap, longest)) : Optional.empty();
    }

    private static Optional<String> absurd(GapRule rule, Change change, Duration longest) {
        if (rule.policy() == GapRule.Policy.FIXED) {
            return Optional.empty();
        }
        if (change.settings().contains(new AskedSetting.Gap(Duration.ZERO))) {
            return Optional.of("A gap of 0ms turns waiting off, so no policy but fixed makes sense with it");
        }
        if (rule.floor().compareTo(longest) > 0) {
            return Optional.of(tooLong("floor", rule.floor(), longest));
        }
        Duration cap = rule.cap();
        return cap != null && cap.compareTo(longest) > 0 ? Optional.of(tooLong("cap", cap, longest)) : Optional.empty();
    }

    private static Optional<String> absurd(GapModel model) {
        return VERSION.matcher(model.version()).matches()
                ? Optional.empty()
                : Optional.of("A model's version has 1 to 64 letters, digits, dots, dashes or underscores");
    }

    private static String tooLong(String what, Duration value, Duration longest) {
        return "A " + what + " of " + Durations.text(value) + " is longer than a turn may last ("
                + TurnSettings.MAX_DURATION.name() + " is " + Durations.text(longest) + ")";
    }

    private static Counter changes(MeterRegistry registry, String outcome) {
        return Counter.builder("lull.gap.changes")
                .description("Changes of gaps that operators requested, by outcome")
                .tags("outcome", outcome)
                .register(registry);
    }
}
