package lull.applications.chatwoot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import lull.applications.chatwoot.OutcomeToChatwoot.Shown;
import lull.contract.reply.ReplyOutcome;
import lull.contract.reply.ReplyOutcome.Doubted.Decision;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutcomeToChatwootTest {

    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

    @ParameterizedTest
    @CsvSource({"delivered, delivered", "read, read", "played, read", "sent,", "deleted,"})
    void showsHowFarAMessageHasCome(String status, String shown) {
        assertThat(OutcomeToChatwoot.shown(new ReplyOutcome.Reported("r", 0, "wamid.1", status, NOW)))
                .isEqualTo(Optional.ofNullable(shown).map(word -> new Shown(word, null)));
    }

    @Test
    void showsWhyAMessageFailed() {
        assertThat(OutcomeToChatwoot.shown(new ReplyOutcome.Refused("r", 0, 131_026, "Message undeliverable", NOW)))
                .contains(new Shown("failed", "Message undeliverable (131026)"));
        assertThat(OutcomeToChatwoot.shown(new ReplyOutcome.Doubted("r", 0, Decision.TOLD, NOW)))
                .hasValueSatisfying(shown -> assertThat(shown.status()).isEqualTo("failed"));
    }

    @Test
    void showsNothingOfWhatIsNotDecided() {
        assertThat(OutcomeToChatwoot.shown(new ReplyOutcome.Intended("r", 0, null, NOW)))
                .isEmpty();
        assertThat(OutcomeToChatwoot.shown(new ReplyOutcome.Sent("r", 0, "wamid.1", NOW)))
                .isEmpty();
        assertThat(OutcomeToChatwoot.shown(new ReplyOutcome.Doubted("r", 0, Decision.SENT_AGAIN, NOW)))
                .isEmpty();
    }

    @Test
    void readsRecordsThatItDoesNotUnderstandAsNothing() throws Exception {
        byte[] broken = {1, 2, 3};

        assertThat(OutcomeToChatwoot.reader().read(new ConsumerRecord<>("t", 0, 0, null, broken)))
                .isEmpty();
        assertThat(OutcomeToChatwoot.reader().read(new ConsumerRecord<>("t", 0, 0, null, null)))
                .isEmpty();
    }
}
