package lull.ingress.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lull.contract.message.ContentKind;
import lull.ingress.webhook.IngressRecord;
import lull.ingress.webhook.IngressRecord.MessageStats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IngressMetricsTest {

    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final IngressMetrics metrics = new IngressMetrics(registry, () -> NOW);

    @Test
    void countsMessagesByKindAndThoseThatComeAgain() {
        metrics.acknowledged(List.of(message("wamid.1", NOW)), Duration.ofMillis(3));
        metrics.acknowledged(List.of(message("wamid.1", NOW), message("wamid.2", NOW)), Duration.ofMillis(3));
        metrics.acknowledged(List.of(), Duration.ofMillis(3));

        assertThat(counted("lull.webhook.messages", "kind", "text")).isEqualTo(3);
        assertThat(counted("lull.webhooks", "outcome", "accepted")).isEqualTo(2);
        assertThat(counted("lull.webhooks", "outcome", "empty")).isEqualTo(1);
        assertThat(registry.get("lull.webhook.messages.repeated").counter().count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {-31_557_014_167_219_200L, -10_000_000_000L, 0, 1_767_607_200, 31_556_889_864_403_199L})
    void takesWhateverAMessageSaysOfItsTime(long seconds) {
        metrics.acknowledged(List.of(message("wamid.1", Instant.ofEpochSecond(seconds))), Duration.ofMillis(3));

        assertThat(registry.get("lull.webhook.message.age").timer().count()).isEqualTo(1);
    }

    private int counted(String meter, String tag, String value) {
        return (int) registry.get(meter).tag(tag, value).counter().count();
    }

    private static IngressRecord message(String id, Instant sentAt) {
        return new IngressRecord(
                "topic",
                IngressRecord.Kind.MESSAGE,
                "1|5",
                new byte[0],
                Map.of(),
                new MessageStats(id, ContentKind.TEXT, sentAt));
    }
}
