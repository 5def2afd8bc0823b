package lull.aggregator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import lull.aggregator.gap.GapModels;
import lull.aggregator.gap.Score;
import lull.aggregator.inforce.GapsByPartition;
import lull.aggregator.turn.GapState;
import lull.aggregator.turn.GapsInForce;
import lull.aggregator.turn.InputPolicy;
import lull.aggregator.turn.TurnPolicy;
import lull.contract.message.GapRule;
import org.junit.jupiter.api.Test;

/// How well the adaptive gap does, in meters.
final class GapMetersTest {

    private static final GapRule SHADOW = new GapRule(GapRule.Policy.SHADOW, null, Duration.ofSeconds(2), null);
    private static final Score BETTER = new Score(30, -90, 400, 200, 290, 6, 6, 0);
    private static final Score WORSE = new Score(10, 50, 500, 400, 350, 12, 10, 1);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final GapsByPartition gaps = new GapsByPartition();

    @Test
    void measuresAllNumbersAndPartitionsTogetherThatHaveNoFixedGap() {
        InputPolicy policy = InputPolicy.of(TurnPolicy.ofGap(Duration.ofSeconds(5)));
        GapMeters.register(registry, "input", policy, gaps);
        assertThat(gauge("lull.gap.regret.seconds")).isZero();
        assertThat(gauge("lull.gap.fallbacks")).isZero();

        gaps.set(0, state(Map.of("", SHADOW), Map.of("1", BETTER, "2", WORSE)));
        gaps.set(1, state(Map.of("", SHADOW, "2", GapRule.FIXED), Map.of("1", WORSE, "2", WORSE)));

        assertThat(gauge("lull.gap.regret.seconds")).isEqualTo((-90.0 + 50 + 50) / 50);
        assertThat(gauge("lull.gap.fallbacks")).isEqualTo(2);

        gaps.released(0);
        assertThat(gauge("lull.gap.fallbacks")).isEqualTo(1);
    }

    private double gauge(String name) {
        return registry.get(name).tags("topic", "input").gauge().value();
    }

    private static GapState state(Map<String, GapRule> rules, Map<String, Score> scores) {
        return new GapState(
                new GapsInForce(new TreeMap<>(), new TreeMap<>(rules)), GapModels.SHIPPED, scores, new TreeMap<>());
    }
}
