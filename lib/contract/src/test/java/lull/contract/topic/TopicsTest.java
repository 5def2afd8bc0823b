package lull.contract.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TopicsTest {

    private final List<Topic> all = Topics.all(List.of("whatsapp.message.received", "support.message.received"));

    @Test
    void givesEveryInputTopicItsDeadLettersAndChangelogs() {
        assertThat(all)
                .extracting(Topic::name)
                .contains(
                        "support.message.received",
                        "support.message.received.dlq",
                        "lull-turns-support.message.received-open-turns-changelog",
                        "lull-turns-support.message.received-duplicates-changelog");
    }

    @Test
    void letsTheBrokerStampInputTopicsOnly() {
        assertThat(all)
                .filteredOn(topic -> topic.stamped() == Topic.Stamped.BY_BROKER)
                .extracting(Topic::name)
                .containsExactly("whatsapp.message.received", "support.message.received");
    }

    @Test
    void saysEverythingThatABrokerMustKnow() {
        assertThat(Topics.MESSAGE_RECEIVED.config())
                .containsEntry("message.timestamp.type", "LogAppendTime")
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "604800000")
                .containsEntry("max.message.bytes", "8388608");
        assertThat(Topics.changelog("whatsapp.message.received", "open-turns").config())
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("segment.bytes", "33554432")
                .containsEntry("max.compaction.lag.ms", "300000");
    }

    @Test
    void namesNoTopicTwice() {
        assertThat(all).extracting(Topic::name).doesNotHaveDuplicates();
    }
}
