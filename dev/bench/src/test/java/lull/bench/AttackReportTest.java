package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AttackReportTest {

    private static final AttackPlan PLAN = new AttackPlan(10, 20, 680, 200, 256, 5_000);

    @Test
    void saysThatEverythingHeldOnlyIfNothingIsBroken() {
        assertThat(report(List.of()).lines()).last().asString().startsWith("Every process is alive and ready");
        assertThat(report(List.of("The bridge has ended by itself")).lines())
                .endsWith("NOT everything held:", "  The bridge has ended by itself");
    }

    @Test
    void hasALineForEachAttack() {
        assertThat(report(List.of()).lines())
                .anySatisfy(line -> assertThat(line)
                        .matches("bodies of 5 MB +163 +1 +12\\.5 +99\\.0 +100\\.0 +24 +30  \\{404=23, none=1}"));
    }

    @Test
    void countsWhatAttackersDid() {
        Tally tally = new Tally();
        tally.connected();
        tally.requested();
        tally.requested();
        tally.answered(404);
        tally.answered(0);
        tally.believed();

        assertThat(tally.counts()).isEqualTo(new Tally.Counts(1, 2, 1, Map.of("404", 1L, "none", 1L)));
    }

    private static AttackReport report(List<String> flaws) {
        return new AttackReport(
                PLAN,
                "2 processors",
                List.of(new AttackReport.Phase(
                        "bodies of 5 MB",
                        new SignedTraffic.Figures(163, 1, 12.5, 99, 100),
                        new Tally.Counts(24, 30, 0, Map.of("404", 23L, "none", 1L)))),
                100,
                10,
                5,
                List.of(new AttackReport.LogLines("bridge", 30)),
                flaws);
    }
}
