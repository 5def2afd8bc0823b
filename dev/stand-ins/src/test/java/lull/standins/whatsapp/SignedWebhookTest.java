package lull.standins.whatsapp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import lull.standins.http.ControlClient;
import org.junit.jupiter.api.Test;

final class SignedWebhookTest {
    @Test
    void signsWithHmacSha256InLowerCaseHex() {
        // RFC 4231, test case 2.
        assertThat(SignedWebhook.signature("what do ya want for nothing?".getBytes(UTF_8), "Jefe"))
                .isEqualTo("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void escapesAsMetaDoesWithoutChangingTheMeaning() {
        String json = "{\"text\":\"äöå 😀 a/b c\\\\/d e\\/f \\\"\"}";
        String escaped = new String(SignedWebhook.escape(json), UTF_8);
        assertThat(escaped).isEqualTo("{\"text\":\"\\u00e4\\u00f6\\u00e5 \\ud83d\\ude00 a\\/b c\\\\\\/d e\\/f \\\"\"}");
        assertThat(ControlClient.json(escaped)).isEqualTo(ControlClient.json(json));
    }
}
