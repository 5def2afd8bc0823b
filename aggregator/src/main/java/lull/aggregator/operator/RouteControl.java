package lull.aggregator.operator;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import lull.aggregator.inforce.RouteReport;
import lull.aggregator.route.RoutingPolicy;
import lull.aggregator.turn.InputPolicy;
import lull.contract.SettingChange;
import lull.contract.message.Flag;
import lull.contract.message.FlagRule;
import lull.contract.message.Route;
import lull.contract.message.RouteSetting;
import org.jspecify.annotations.Nullable;

/// Control of the routes and flags of input topics at run time. A change names the revision on which it builds, and
/// is refused if the partitions have a later one. Safe for several threads.
public final class RouteControl {

    /// How long a change waits until the partitions report it, so that the next request builds on it.
    private static final Duration IN_FORCE_LIMIT = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Map<String, InputPolicy> policies;
    private final SettingLog settings;
    private final ReentrantLock oneByOne = new ReentrantLock();
    private final Counter made;
    private final Counter partial;
    private final Counter refused;

    /// @param policies the policies of all input topics
    public RouteControl(Map<String, InputPolicy> policies, SettingLog settings, MeterRegistry registry) {
        this.policies = Map.copyOf(policies);
        this.settings = settings;
        this.made = changes(registry, "made");
        this.partial = changes(registry, "partial");
        this.refused = changes(registry, "refused");
    }

    /// A requested change.
    ///
    /// @param topic an input topic
    /// @param revision the revision on which it builds; absent: whatever it is
    /// @param by who requests it
    record Change(String topic, Rules rules, @Nullable Long revision, String by) {}

    /// The rules that a change replaces. The others stay as they are.
    sealed interface Rules {

        /// The routes.
        ///
        /// @param routes the whole list; absent: back to the configuration
        record OfRoutes(@Nullable List<Route> routes) implements Rules {}

        /// The rules of flags.
        ///
        /// @param flags the whole list
        record OfFlags(List<FlagRule> flags) implements Rules {}
    }

    /// Result of a change.
    sealed interface Result {

        /// The change is in the log of every partition.
        ///
        /// @param revision of the new routes
        record Made(SettingChange change, long revision) implements Result {}

        /// Nothing was changed, because the change makes no sense.
        record Absurd(String problem) implements Result {}

        /// Nothing was changed, because the routes have changed since the revision on which it builds.
        ///
        /// @param revision the one of the partitions
        record Stale(long revision) implements Result {}

        /// Nothing was changed, because no partition reports its routes.
        record Unknown() implements Result {}

        /// The change is in the log of some partitions or of none, or its result was not recorded; it is safe
        /// to request it again, on the revision that the partitions then have.
        record Partial(SettingChange change, String problem) implements Result {}
    }

    /// Counts a request that is no change.
    void refused() {
        refused.increment();
    }

    /// Makes a change, or returns why it was not made.
    ///
    /// @param report returns the routes in force in all partitions
    Result make(Change change, Supplier<RouteReport> report) throws InterruptedException {
        Result result;
        // Two concurrent changes could reach partitions in different order.
        oneByOne.lockInterruptibly();
        try {
            result = attempt(change, report);
        } finally {
            oneByOne.unlock();
        }
        switch (result) {
            case Result.Made _ -> made.increment();
            case Result.Partial _ -> partial.increment();
            case Result.Absurd _, Result.Stale _, Result.Unknown _ -> refused.increment();
        }
        return result;
    }

    /// How many partitions an input topic has.
    int partitions(String topic) {
        return settings.partitions(topic);
    }

    private Result attempt(Change change, Supplier<RouteReport> report) throws InterruptedException {
        InputPolicy policy = policies.get(change.topic());
        if (policy == null) {
            throw new IllegalArgumentException("There is no input topic " + change.topic());
        }
        String absurd = absurd(change);
        if (absurd != null) {
            return new Result.Absurd(absurd);
        }
        RouteReport before = report.get();
        Optional<RouteReport.InForce> latest = before.latest();
        if (latest.isEmpty()) {
            return new Result.Unknown();
        }
        Long basis = change.revision();
        if (basis != null && basis != before.revision()) {
            return new Result.Stale(before.revision());
        }
        String unknown = unknown(change.rules(), latest.get().routes(), policy.routing());
        if (unknown != null) {
            return new Result.Absurd(unknown);
        }
        long revision = before.revision() + 1;
        AskedSetting asked = asked(change.rules(), latest.get(), revision);
        List<SettingChange> recorded = settings.asked(change.topic(), null, change.by(), List.of(asked));
        return switch (settings.make(recorded, List.of(asked), "The " + asked.name() + " were changed")) {
            case SettingLog.Outcome.Made(var changes) -> {
                awaitInForce(revision, report);
                yield new Result.Made(changes.getFirst(), revision);
            }
            case SettingLog.Outcome.Partial(var changes, String problem) ->
                new Result.Partial(changes.getFirst(), problem);
        };
    }

    private static AskedSetting asked(Rules rules, RouteReport.InForce before, long revision) {
        return switch (rules) {
            case Rules.OfRoutes(List<Route> routes) -> new AskedSetting.Routes(routes, before.flags(), revision);
            case Rules.OfFlags(List<FlagRule> flags) ->
                new AskedSetting.Flags(flags, before.configured() ? null : before.routes(), revision);
        };
    }

    private static @Nullable String absurd(Change change) {
        if (!SettingLog.isAuthor(change.by())) {
            return SettingLog.NO_AUTHOR;
        }
        try {
            return switch (change.rules()) {
                case Rules.OfRoutes(List<Route> routes) -> routes == null ? null : absurdRoutes(routes);
                case Rules.OfFlags(List<FlagRule> flags) -> absurdFlags(flags);
            };
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static @Nullable String absurdFlags(List<FlagRule> flags) {
        RouteSetting.requireFlags(flags);
        for (FlagRule rule : flags) {
            if (!SettingLog.isBusinessNumber(rule.businessNumber())) {
                return SettingLog.NO_BUSINESS_NUMBER;
            }
            Optional<Flag> flag = Flag.of(rule.flag());
            if (flag.isEmpty()) {
                return "There is no flag " + rule.flag() + "; there are " + Flag.words();
            }
            if (flag.get() == Flag.TRANSCRIPTS && rule.on()) {
                return "transcripts can only be switched off: set transcribe=true, which needs access to Amazon"
                        + " Transcribe and a restart";
            }
        }
        return null;
    }

    private static @Nullable String absurdRoutes(List<Route> routes) {
        RouteSetting.requireList(routes);
        return routes.stream().allMatch(route -> SettingLog.isBusinessNumber(route.businessNumber()))
                ? null
                : SettingLog.NO_BUSINESS_NUMBER;
    }

    /// Returns what is wrong with a destination that nobody knows. A rule that is in force already may stay, or get
    /// another share, although its destination was removed since: else a rollback would have to wait for a
    /// correction of other rules.
    static @Nullable String unknown(Rules rules, List<Route> inForce, RoutingPolicy policy) {
        if (!(rules instanceof Rules.OfRoutes(List<Route> routes)) || routes == null) {
            return null;
        }
        return routes.stream()
                .filter(route -> !policy.isKnown(route.destination()))
                .filter(route -> inForce.stream().noneMatch(other -> other.equals(route.withShare(other.share()))))
                .map(policy::unknown)
                .findFirst()
                .orElse(null);
    }

    /// Waits until every partition that reports its routes has a revision, and no longer than a limit: the
    /// change is in the log, so it takes effect in any case.
    private void awaitInForce(long revision, Supplier<RouteReport> report) throws InterruptedException {
        long end = System.nanoTime() + IN_FORCE_LIMIT.toNanos();
        while (report.get().inForce().stream().anyMatch(each -> each.revision() < revision)
                && System.nanoTime() - end < 0) {
            Thread.sleep(PAUSE);
        }
    }

    private static Counter changes(MeterRegistry registry, String outcome) {
        return Counter.builder("lull.route.changes")
                .description("Changes of routes and flags that operators requested, by outcome")
                .tags("outcome", outcome)
                .register(registry);
    }
}
