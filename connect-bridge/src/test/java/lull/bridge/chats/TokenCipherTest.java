package lull.bridge.chats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Base64;
import lull.contract.chat.Chat;
import lull.lanes.results.MemoryAcknowledgedProducer;
import lull.text.Turns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenCipherTest {

    private static final String OLD = "2025=" + key(1);
    private static final String NEW = "2026=" + key(2);

    @Test
    void aSealedChatHasNoReadableTokenAndOpensAgain() {
        TokenCipher cipher = TokenCipher.of(NEW);

        Chat sealed = cipher.seal(chat("c1"));

        assertThat(sealed.participantToken()).startsWith("aes:2026:").doesNotContain("participant-secret");
        assertThat(sealed.connectionToken()).startsWith("aes:2026:").doesNotContain("connection-secret");
        assertThat(cipher.seal(chat("c1")).participantToken()).isNotEqualTo(sealed.participantToken());
        assertThat(cipher.open(sealed)).hasValue(chat("c1"));
    }

    @Test
    void anOldKeyStillOpensAndTheFirstOneSeals() {
        Chat sealed = TokenCipher.of(OLD).seal(chat("c1"));
        TokenCipher rotated = TokenCipher.of(NEW + ", " + OLD);

        assertThat(rotated.open(sealed)).hasValue(chat("c1"));
        assertThat(rotated.seal(chat("c1")).participantToken()).startsWith("aes:2026:");
        assertThat(TokenCipher.of(NEW).open(sealed)).isEmpty();
        assertThat(TokenCipher.of("").open(sealed)).isEmpty();
    }

    @Test
    void tokensThatWereNeverSealedAreTakenAsTheyAre() {
        assertThat(TokenCipher.of(NEW).open(chat("c1"))).hasValue(chat("c1"));
        assertThat(TokenCipher.of("").seal(chat("c1"))).isEqualTo(chat("c1"));
        Chat over = chat("c1").ended(Turns.NOW);
        assertThat(TokenCipher.of(NEW).seal(over)).isEqualTo(over);
    }

    @Test
    void aTokenOpensInItsOwnPlaceOnly() {
        TokenCipher cipher = TokenCipher.of(NEW);
        Chat sealed = cipher.seal(chat("c1"));

        assertThat(cipher.open(sealed.withTokens(sealed.connectionToken(), sealed.participantToken())))
                .isEmpty();
        assertThat(cipher.open(chat("c2").withTokens(sealed.participantToken(), sealed.connectionToken())))
                .isEmpty();
        String token = String.valueOf(sealed.participantToken());
        assertThat(cipher.open(sealed.withTokens(token.substring(0, token.length() - 2) + "AA", null)))
                .isEmpty();
        assertThat(cipher.open(sealed.withTokens("aes:2026", null))).isEmpty();
        assertThat(cipher.open(sealed.withTokens("aes:2026:AAAA", null))).isEmpty();
        assertThat(cipher.open(sealed.withTokens("aes:2026:***", null))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "=AAAA", "a b=AAAA", "k=AAAA", "k=***", "k=%s,k=%s"})
    void refusesKeysThatAreNoneAndTellsNothingOfThem(String text) {
        assertThatThrownBy(() -> TokenCipher.of(text.replace("%s", key(3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must ")
                .hasMessageNotContaining("AAAA")
                .hasMessageNotContaining(key(3));
    }

    @Test
    void theBookWritesSealedTokensAndKnowsThemOpen() {
        MemoryAcknowledgedProducer producer = new MemoryAcknowledgedProducer();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        ChatBook book = new ChatBook(producer, TokenCipher.of(NEW), new ChatMetrics(registry));

        book.write(chat("c1"));

        assertThat(book.byContact("c1")).hasValue(chat("c1"));
        Chat written = producer.values(Chat.class).getFirst();
        assertThat(written.participantToken()).startsWith("aes:");

        ChatBook other = new ChatBook(producer, TokenCipher.of(OLD), new ChatMetrics(registry));
        other.apply("c1", written, 1);
        assertThat(other.byContact("c1")).hasValue(chat("c1").withTokens(null, null));
        assertThat(registry.get("lull.bridge.chats.unreadable").counter().count())
                .isEqualTo(1);
    }

    private static Chat chat(String contact) {
        return new Chat(
                contact,
                Turns.CONVERSATION,
                Turns.CUSTOMER,
                "t-0-1",
                1,
                Turns.NOW,
                "participant-secret",
                "connection-secret",
                Turns.NOW.plus(Duration.ofDays(1)),
                null);
    }

    private static String key(int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return Base64.getEncoder().encodeToString(bytes);
    }
}
