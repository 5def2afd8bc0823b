package lull.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import lull.console.figures.ProcessState;
import lull.console.figures.Sample;
import org.junit.jupiter.api.Test;

final class NowPageTest {

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

    private static Sample partitions(String group, double number) {
        return new Sample("lull_kafka_partitions", Map.of("group", group), number);
    }

    private static ProcessState process(Sample... samples) {
        return new ProcessState(
                "http://b:1", "bridge", "1", Instant.EPOCH, null, true, List.of(), List.of(), List.of(samples));
    }
}
