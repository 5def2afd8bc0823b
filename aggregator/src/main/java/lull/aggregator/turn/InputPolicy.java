package lull.aggregator.turn;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import lull.aggregator.route.RoutingPolicy;

/// Rules by which the log of an input topic becomes turns: what makes a turn, how holes in the log are
/// handled, and where turns go.
///
/// @param turns what makes a turn
/// @param byNumber the same for business numbers that have a policy of their own
/// @param hole how holes in the log are found and waited out
/// @param ackTimeout how long an ingress may hold a message before it is appended
/// @param routing where turns go
/// @param ownGaps business numbers whose gap is configured for them alone, whatever it is
/// @param ownRules likewise with the rule that decides how long to wait
public record InputPolicy(
        TurnPolicy turns,
        Map<String, TurnPolicy> byNumber,
        HolePolicy hole,
        Duration ackTimeout,
        RoutingPolicy routing,
        Set<String> ownGaps,
        Set<String> ownRules) {

    private static final Duration ACK_TIMEOUT = Duration.ofSeconds(10);

    /// Rule for when a log has a hole, such as a failover of its broker or a pause of the aggregator:
    /// nothing closes by time until messages buffered meanwhile have had time to arrive.
    ///
    /// @param limit how far past a deadline the log's clock may jump before that counts as a hole
    /// @param settle how long nothing closes by time after a hole
    public record HolePolicy(Duration limit, Duration settle) {

        /// No hole is ever found: for tests that let time jump.
        public static final HolePolicy OFF = new HolePolicy(Duration.ofDays(36_500), Duration.ZERO);

        /// 500 ms and 1.5 s: twice the ingress's reconnect back-off of 500 ms, and 500 ms.
        public static final HolePolicy DEFAULT = new HolePolicy(Duration.ofMillis(500), TurnSettings.SHORTEST_SETTLE);
    }

    public InputPolicy {
        byNumber = Map.copyOf(byNumber);
        ownGaps = Set.copyOf(ownGaps);
        ownRules = Set.copyOf(ownRules);
    }

    /// Creates rules without routes, in which a business number has what differs from the topic's.
    public InputPolicy(TurnPolicy turns, Map<String, TurnPolicy> byNumber, HolePolicy hole, Duration ackTimeout) {
        this(turns, byNumber, hole, ackTimeout, RoutingPolicy.NONE);
    }

    /// Creates rules in which a business number has what differs from the topic's.
    public InputPolicy(
            TurnPolicy turns,
            Map<String, TurnPolicy> byNumber,
            HolePolicy hole,
            Duration ackTimeout,
            RoutingPolicy routing) {
        this(
                turns,
                byNumber,
                hole,
                ackTimeout,
                routing,
                differing(turns, byNumber, TurnPolicy::gap),
                differing(turns, byNumber, TurnPolicy::rule));
    }

    private static Set<String> differing(
            TurnPolicy turns, Map<String, TurnPolicy> byNumber, Function<TurnPolicy, ?> value) {
        return byNumber.entrySet().stream()
                .filter(ofNumber -> !value.apply(ofNumber.getValue()).equals(value.apply(turns)))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /// Returns the same policy for all business numbers, with the defaults for the log.
    public static InputPolicy of(TurnPolicy turns) {
        return new InputPolicy(turns, Map.of(), HolePolicy.DEFAULT, ACK_TIMEOUT);
    }

    /// Returns the same policy with another rule for holes.
    public InputPolicy with(HolePolicy rule) {
        return new InputPolicy(turns, byNumber, rule, ackTimeout, routing, ownGaps, ownRules);
    }

    /// Returns the same policy with other routes.
    public InputPolicy with(RoutingPolicy other) {
        return new InputPolicy(turns, byNumber, hole, ackTimeout, other, ownGaps, ownRules);
    }

    /// The shortest maximum duration of turns among the numbers that a change for all numbers affects.
    public Duration shortestMaxDuration() {
        return byNumber.entrySet().stream()
                .filter(ofNumber -> !ownGaps.contains(ofNumber.getKey()))
                .map(ofNumber -> ofNumber.getValue().maxDuration())
                .reduce(turns.maxDuration(), (one, other) -> one.compareTo(other) < 0 ? one : other);
    }

    /// The policy of a business number.
    public TurnPolicy of(String businessNumber) {
        return byNumber.isEmpty() ? turns : byNumber.getOrDefault(businessNumber, turns);
    }
}
