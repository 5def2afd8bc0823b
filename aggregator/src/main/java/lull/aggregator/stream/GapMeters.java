package lull.aggregator.stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import lull.aggregator.gap.Score;
import lull.aggregator.inforce.GapsByPartition;
import lull.aggregator.turn.GapState;
import lull.aggregator.turn.InputPolicy;
import lull.contract.message.GapRule;

/// Meters of how well the adaptive gap does in the partitions which this process serves, for one input
/// topic. Business numbers whose gap is fixed do not count.
public final class GapMeters {

    private GapMeters() {}

    /// Registers the meters of a topic.
    public static void register(MeterRegistry registry, String topic, InputPolicy policy, GapsByPartition gaps) {
        Gauge.builder("lull.gap.regret.seconds", gaps, now -> total(now, policy).meanDifference())
                .description("How much more a turn costs with the adaptive gap than with the fixed gap, in seconds of"
                        + " delay; below 0 if the adaptive gap is better")
                .tags("topic", topic)
                .strongReference(true)
                .register(registry);
        Gauge.builder("lull.gap.fallbacks", gaps, now -> total(now, policy).fallbacks())
                .description("Business numbers, counted in each partition, whose gap is the fixed one because the"
                        + " adaptive gap was worse there")
                .tags("topic", topic)
                .strongReference(true)
                .register(registry);
    }

    private static Score total(GapsByPartition gaps, InputPolicy policy) {
        Score total = Score.NONE;
        for (GapState state : gaps.now().values()) {
            for (Map.Entry<String, Score> ofNumber : state.scores().entrySet()) {
                GapRule rule = state.gaps().rule(ofNumber.getKey(), policy);
                if (rule.policy() != GapRule.Policy.FIXED) {
                    total = total.plus(ofNumber.getValue());
                }
            }
        }
        return total;
    }
}
