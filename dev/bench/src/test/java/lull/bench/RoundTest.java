package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class RoundTest {

    @Test
    void tellsHowManyRequestsATargetTakesWithTheProcessorTimeOfAnother() {
        Round round =
                new Round(Map.of(Target.BARE, measured(1), Target.READING, measured(20), Target.INGRESS, measured(40)));

        assertThat(round.perCpu(Target.INGRESS, Target.READING)).isEqualTo(0.5);
        assertThat(round.perCpu(Target.READING, Target.INGRESS)).isEqualTo(2);
    }

    private static Measured measured(double cpuMicros) {
        return new Measured(1, 1, cpuMicros, 1, 1);
    }
}
