package lull.console.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FlowWaitTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static final String FLOW = "lull-turn-to-chat";

    @Test
    void waitsForAsLongAsTheRecordsTakeAtThePresentRate() {
        FlowWait wait = only(snapshot(120, 4, 0));

        assertThat(wait.estimate()).contains(Duration.ofSeconds(30));
    }

    @Test
    void waitsSinceItLastHadNoneIfItHandlesNothing() {
        FlowWait wait = only(snapshot(120, 0, 0));

        assertThat(wait.estimate()).contains(Duration.ofMinutes(7));
    }

    @Test
    void waitsWhileConversationsRetryAlthoughNothingIsBehind() {
        FlowWait wait = only(snapshot(Double.NaN, 0, 3));

        assertThat(wait.retrying()).isEqualTo(3);
        assertThat(wait.estimate()).contains(Duration.ofMinutes(7));
    }

    @Test
    void doesNotWaitWithoutRecords() {
        FlowWait wait = only(snapshot(Double.NaN, 2, 0));

        assertThat(wait.records()).isZero();
        assertThat(wait.estimate()).contains(Duration.ZERO);
    }

    @Test
    void countsWhatWasFetchedAndWaitsForAnotherAttempt() {
        Snapshot busy = snapshot(
                0,
                100,
                2,
                new ProcessState.Waiting(FLOW, "1|****0001", NOW.minusSeconds(90), 3, 4, "throttled"),
                new ProcessState.Waiting("another", "1|****0002", NOW.minusSeconds(900), 1, 4, "throttled"));

        FlowWait wait = only(busy);

        assertThat(wait.records()).isEqualTo(5);
        assertThat(wait.estimate()).as("although all others go on").contains(Duration.ofSeconds(90));
    }

    private static FlowWait only(Snapshot snapshot) {
        assertThat(FlowWait.all(snapshot)).hasSize(1);
        return FlowWait.all(snapshot).getFirst();
    }

    private static Snapshot snapshot(double lag, double perSecond, double retrying, ProcessState.Waiting... waiting) {
        ProcessState process = new ProcessState(
                "http://a",
                "bridge",
                "1",
                NOW,
                null,
                true,
                List.of(),
                List.of(),
                List.of(
                        new Sample("lull_kafka_lag", Map.of("group", FLOW), lag),
                        new Sample("lull_bridge_lanes_waiting", Map.of("flow", FLOW), retrying),
                        new Sample(
                                "lull_bridge_lanes_stuck_records", Map.of("flow", FLOW), waiting.length == 0 ? 0 : 5)),
                List.of(waiting));
        return new Snapshot(
                NOW,
                List.of(process),
                List.of(new Sample(
                        "lull_bridge_attempts_seconds_count", Map.of("flow", FLOW, "outcome", "done"), perSecond)),
                Map.of(FlowWait.key(FLOW), NOW.minus(Duration.ofMinutes(7))));
    }
}
