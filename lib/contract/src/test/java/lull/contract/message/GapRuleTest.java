package lull.contract.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GapRuleTest {

    @ParameterizedTest
    @CsvSource({
        "ADAPTIVE, 10, 2, true",
        "SHADOW, 10, 2, true",
        "FIXED, 10, 2, false",
        "ADAPTIVE, 2, 2, false",
        "ADAPTIVE, 1, 2, false",
        "ADAPTIVE, 0, 0, false",
        "ADAPTIVE, 1, 0, true"
    })
    void decidesOnlyBesideALongerGap(GapRule.Policy policy, long gap, long floor, boolean decides) {
        GapRule rule = new GapRule(policy, null, Duration.ofSeconds(floor), null);

        assertThat(rule.decidesBeside(Duration.ofSeconds(gap))).isEqualTo(decides);
    }

    @ParameterizedTest
    @CsvSource({"10, 30, 20", "20, 30, 30", "30, 30, 30", "40, 30, 40", "10, 300, 20"})
    void waitsTwiceTheGapAtMostAndNoLongerThanATurnMayLast(long gap, long maxDuration, long cap) {
        GapRule rule = new GapRule(GapRule.Policy.ADAPTIVE, null, Duration.ofSeconds(2), null);

        assertThat(rule.capBeside(Duration.ofSeconds(gap), Duration.ofSeconds(maxDuration)))
                .isEqualTo(Duration.ofSeconds(cap));
    }

    @ParameterizedTest
    @CsvSource({"5", "25"})
    void hasACapOfItsOwnIfOneIsGiven(long cap) {
        GapRule rule = new GapRule(GapRule.Policy.ADAPTIVE, null, Duration.ofSeconds(2), Duration.ofSeconds(cap));

        assertThat(rule.capBeside(Duration.ofSeconds(10), Duration.ofSeconds(30)))
                .isEqualTo(Duration.ofSeconds(cap));
    }
}
