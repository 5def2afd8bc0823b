package lull.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import lull.console.figures.ProcessState;
import lull.console.figures.Sample;
import lull.console.figures.Snapshot;
import org.junit.jupiter.api.Test;

final class NowPageTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void namesThePartitionsOfEachFlowOfAProcess() {
        assertThat(NowPage.partitions(process(
                        partitions("lull-turn-to-chat", 3),
                        partitions("lull-status-to-reply", 4),
                        partitions("lull-voice-to-transcript", Double.NaN),
                        new Sample("lull_kafka_lag", Map.of("group", "lull-turn-to-chat"), 7))))
                .containsExactly("4 Statuses of WhatsApp to replies", "3 Turns to Amazon Connect");
        assertThat(NowPage.partitions(process(partitions("lull-turns-in", 8))))
                .containsExactly("8 Messages to turns of in");
    }

    @Test
    void saysItInOneLineIfAProcessHasTheSameNumberOfAll() {
        assertThat(NowPage.partitions(
                        process(partitions("lull-turn-to-chat", 8), partitions("lull-status-to-reply", 8))))
                .containsExactly("8 in each of 2 flows");
        assertThat(NowPage.partitions(process())).isEmpty();
    }

    @Test
    void namesWhoWaitsForAnotherAttemptTheLongestFirst() {
        ProcessState one = waiting(
                new ProcessState.Waiting("lull-turn-to-chat", "1|****0001", NOW.minusSeconds(5), 2, 3, "throttled"));
        ProcessState other = waiting(new ProcessState.Waiting(
                "lull-reply-to-whatsapp", "1|****0002", NOW.minusSeconds(50), 1, 9, "paused: no token"));

        assertThat(NowPage.waiting(new Snapshot(NOW, List.of(one, other), List.of(), Map.of())))
                .containsExactly(
                        new NowPage.WaitRow(
                                "Replies to WhatsApp", "1|****0002", NOW.minusSeconds(50), 1, 9, "paused: no token"),
                        new NowPage.WaitRow(
                                "Turns to Amazon Connect", "1|****0001", NOW.minusSeconds(5), 2, 3, "throttled"));
    }

    private static ProcessState waiting(ProcessState.Waiting... waiting) {
        return new ProcessState(
                "http://b:1", "bridge", "1", NOW, null, true, List.of(), List.of(), List.of(), List.of(waiting));
    }

    @Test
    void showsCallsOfAmazonConnectThatNothingLimits() {
        Map<String, String> send = Map.of("operation", "SendMessage", "result", "ok");
        Map<String, String> start = Map.of("operation", "StartChatContact", "result", "ok");
        String calls = "lull_bridge_connect_calls_seconds_count";
        ProcessState bridge = process(
                new Sample(calls, send, 40),
                new Sample(calls, start, 4),
                new Sample(
                        "lull_bridge_connect_pace",
                        Map.of("operation", "StartChatContact", "region", "eu-central-1"),
                        5));
        Snapshot snapshot = new Snapshot(
                Instant.EPOCH,
                List.of(bridge),
                List.of(new Sample(calls, send, 2), new Sample(calls, start, 1)),
                Map.of());

        List<NowPage.QuotaRow> rows = NowPage.quotas(snapshot);

        assertThat(rows).extracting(NowPage.QuotaRow::operation).containsExactly("SendMessage", "StartChatContact");
        assertThat(rows.getFirst().isLimited()).isFalse();
        assertThat(rows.getFirst().perSecond()).isEqualTo(2);
        assertThat(rows.getLast().percent()).contains(20);
    }

    private static Sample partitions(String group, double number) {
        return new Sample("lull_kafka_partitions", Map.of("group", group), number);
    }

    private static ProcessState process(Sample... samples) {
        return new ProcessState(
                "http://b:1",
                "bridge",
                "1",
                Instant.EPOCH,
                null,
                true,
                List.of(),
                List.of(),
                List.of(samples),
                List.of());
    }
}
