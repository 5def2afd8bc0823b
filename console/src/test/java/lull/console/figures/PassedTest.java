package lull.console.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PassedTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void countsWhatPassedBetweenVisits() {
        Passed passed = Passed.NONE
                .until(visit(0, List.of()))
                .until(visit(
                        10,
                        List.of(
                                new Sample("lull_webhook_messages_total", Map.of(), 4),
                                calls("SendMessage", "ok", 1),
                                calls("CompleteAttachmentUpload", "ok", 0.5),
                                calls("SendMessage", "throttled", 100),
                                calls("SendEvent", "ok", 100))))
                .until(visit(20, List.of()));

        assertThat(passed).isEqualTo(new Passed(BEGIN, BEGIN.plusSeconds(20), 40, 15));
    }

    private static Sample calls(String operation, String result, double rate) {
        return new Sample(
                "lull_bridge_connect_calls_seconds_count", Map.of("operation", operation, "result", result), rate);
    }

    private static Snapshot visit(int second, List<Sample> rates) {
        return new Snapshot(BEGIN.plusSeconds(second), List.of(), rates, Map.of());
    }
}
