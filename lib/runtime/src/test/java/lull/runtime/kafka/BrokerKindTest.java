package lull.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BrokerKindTest {

    private static final Topic CHANGELOG = Topics.changelog("whatsapp.message.received", "open-turns");

    @Test
    void expressDecidesSegmentsAndReplicas() {
        assertThat(BrokerKind.EXPRESS.taken(CHANGELOG.config()))
                .containsOnlyKeys(
                        "max.message.bytes", "message.timestamp.type", "cleanup.policy", "max.compaction.lag.ms");
        assertThat(BrokerKind.EXPRESS.takes("min.insync.replicas")).isFalse();
    }

    @Test
    void serverlessTakesFewSettings() {
        assertThat(BrokerKind.SERVERLESS.taken(CHANGELOG.config()))
                .containsOnlyKeys("max.message.bytes", "message.timestamp.type", "cleanup.policy");
        assertThat(BrokerKind.SERVERLESS.taken(Topics.MESSAGE_RECEIVED.config()))
                .isEqualTo(Topics.MESSAGE_RECEIVED.config());
    }

    @ParameterizedTest
    @EnumSource
    void whatTurnsNeedIsNeverLeftOut(BrokerKind kind) {
        for (Topic topic : Topics.all(List.of("whatsapp.message.received"))) {
            assertThat(kind.taken(topic.config()))
                    .as(topic.name())
                    .containsKeys("max.message.bytes", "message.timestamp.type", "cleanup.policy");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"KAFKA", "STANDARD"})
    void othersTakeEverything(BrokerKind kind) {
        assertThat(kind.taken(CHANGELOG.config())).isEqualTo(CHANGELOG.config());
        assertThat(kind.taken(Map.of("min.insync.replicas", "2"))).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void hasAWord(BrokerKind kind) {
        assertThat(BrokerKind.of(kind.word())).isEqualTo(kind);
        assertThatThrownBy(() -> BrokerKind.of("msk"))
                .hasMessage("must be one of kafka, standard, express, serverless");
    }
}
