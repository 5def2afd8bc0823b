package lull.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import lull.contract.topic.Topics;
import lull.runtime.CannotStart;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

final class RecordedPartitionsTest {

    private final RecordedPartitions.Latest latest = new RecordedPartitions.Latest();

    @Test
    void anUnreadableRecordOfAnotherTopicIsSkipped() {
        take("ours", "{\"partitions\":32,\"recordedAt\":\"2026-01-01T00:00:00Z\"}");
        take("theirs", "no JSON");
        take("theirs too", "{}");

        assertThat(latest.partitions(List.of("ours"))).containsOnlyKeys("ours").containsEntry("ours", 32);
    }

    @Test
    void anUnreadableRecordOfATopicOfThisServiceIsOneSentenceUntilItIsReplaced() {
        take("ours", "{\"partitions\":32,\"recordedAt\":\"2026-01-01T00:00:00Z\"}");
        take("ours", "{");

        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> latest.partitions(List.of("ours")))
                .withMessageContaining("lull.topic.layout records about the topic ours cannot be read");

        take("ours", "{\"partitions\":32,\"recordedAt\":\"2026-01-02T00:00:00Z\"}");
        assertThat(latest.partitions(List.of("ours"))).containsEntry("ours", 32);
    }

    private void take(String topic, String value) {
        latest.take(new ConsumerRecord<>(
                Topics.TOPIC_LAYOUT.name(),
                0,
                0,
                topic.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8)));
    }
}
