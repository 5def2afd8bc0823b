package lull.console.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RatesTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final Rates rates = new Rates();

    @Test
    void addsUpTheGrowthOfAllProcesses() {
        rates.after(START, List.of(process("a", 100), process("b", 50)));

        assertThat(rates.after(START.plusSeconds(10), List.of(process("a", 120), process("b", 60))))
                .containsExactly(new Sample("lull_webhooks_total", Map.of(), 3));
    }

    @Test
    void countsFromZeroAfterARestartOfAProcess() {
        rates.after(START, List.of(process("a", 100)));

        assertThat(rates.after(START.plusSeconds(10), List.of(process("a", 5))))
                .containsExactly(new Sample("lull_webhooks_total", Map.of(), 0.5));
    }

    @Test
    void doesNotCountWhatAProcessDidBeforeItWasVisited() {
        rates.after(START, List.of(process("a", 100)));

        assertThat(rates.after(START.plusSeconds(10), List.of(process("a", 100), process("b", 1_000_000))))
                .containsExactly(new Sample("lull_webhooks_total", Map.of(), 0));
    }

    @Test
    void isOfAboutTheLastMinute() {
        for (int visit = 0; visit <= 30; visit++) {
            List<Sample> found = rates.after(
                    START.plus(Duration.ofSeconds(10L * visit)), List.of(process("a", visit < 20 ? 0 : 60)));
            if (visit == 20) {
                assertThat(found.getFirst().value()).isEqualTo(1, within(0.2));
            }
            if (visit == 30) {
                assertThat(found.getFirst().value()).isZero();
            }
        }
    }

    private static ProcessState process(String address, double count) {
        return new ProcessState(
                address,
                "ingress",
                "1",
                START,
                null,
                true,
                List.of(),
                List.of(),
                List.of(new Sample("lull_webhooks_total", Map.of(), count)),
                List.of());
    }
}
