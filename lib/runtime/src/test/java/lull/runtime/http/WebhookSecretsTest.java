package lull.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WebhookSecretsTest {

    private static final String SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
    private static final String OTHER = "whsec_FxYVFBMSERAPDg0MCwoJCAcGBQQDAgEA";
    private static final String ID = "turn_0123456789abcdef";
    private static final Instant AT = Instant.ofEpochSecond(1_764_187_200);
    private static final byte[] BODY = "{\"type\":\"turn.closed\"}".getBytes(StandardCharsets.UTF_8);

    private final WebhookSecrets secrets = WebhookSecrets.of(List.of(SECRET));

    @Test
    void theSignatureIsThatOfTheSpecification() {
        assertThat(secrets.sign(ID, AT, BODY)).isEqualTo("v1,UMG61iX0y7s5iblJEQyxT9d783IqPqXLiEDY7mjOKEM=");
    }

    @Test
    void aRequestIsSignedByAnyOfTheSecretsAndMayHaveSeveralSignatures() {
        WebhookSecrets both = WebhookSecrets.of(List.of(OTHER, SECRET));

        assertThat(isSigned(both, secrets.sign(ID, AT, BODY), AT)).isTrue();
        assertThat(isSigned(secrets, both.sign(ID, AT, BODY), AT)).isTrue();
        assertThat(isSigned(secrets, "v1a,AAAA v1,BBBB " + secrets.sign(ID, AT, BODY), AT))
                .isTrue();
    }

    @Test
    void aWrongOldOrMissingSignatureIsNone() {
        String right = secrets.sign(ID, AT, BODY);

        assertThat(isSigned(WebhookSecrets.of(List.of(OTHER)), right, AT)).isFalse();
        assertThat(isSigned(WebhookSecrets.of(List.of()), right, AT)).isFalse();
        assertThat(isSigned(secrets, right, AT.plusSeconds(300))).isTrue();
        assertThat(isSigned(secrets, right, AT.plusSeconds(301))).isFalse();
        assertThat(isSigned(secrets, right, AT.minusSeconds(301))).isFalse();
        assertThat(isSigned(secrets, "", AT)).isFalse();
        assertThat(secrets.isSigned(ID, "1764187200", null, BODY, AT)).isFalse();
        assertThat(secrets.isSigned(null, "1764187200", right, BODY, AT)).isFalse();
        assertThat(secrets.isSigned(ID, "x", right, BODY, AT)).isFalse();
        assertThat(secrets.isSigned(ID, "99999999999", right, BODY, AT)).isFalse();
        assertThat(secrets.isSigned("other", "1764187200", right, BODY, AT)).isFalse();
        assertThat(secrets.isSigned(ID, "1764187200", right, "{}".getBytes(StandardCharsets.UTF_8), AT))
                .isFalse();
    }

    @Test
    void aSecretHas24To64BytesInBase64AndIsNeverShown() {
        assertThat(WebhookSecrets.isSecret(SECRET)).isTrue();
        assertThat(WebhookSecrets.isSecret("whsec_AAEC")).isFalse();
        assertThat(WebhookSecrets.isSecret("whsec_?")).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookSecrets.of(List.of("whsec_short")))
                .withMessageNotContaining("short");
        assertThat(secrets).hasToString("WebhookSecrets[1]");
    }

    private static boolean isSigned(WebhookSecrets secrets, String signature, Instant now) {
        return secrets.isSigned(ID, Long.toString(AT.getEpochSecond()), signature, BODY, now);
    }
}
