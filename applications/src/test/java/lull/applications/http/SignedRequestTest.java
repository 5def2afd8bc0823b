package lull.applications.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import lull.runtime.http.WebhookSecrets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SignedRequestTest {

    private static final String SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
    private static final String OTHER = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
    private static final String ID = "turn_0123456789abcdef";

    @ParameterizedTest
    @ValueSource(strings = {SECRET, "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="})
    void isAcceptedByTheReferenceLibraryWithEitherSecretWhileTheyAreRotated(String known) {
        Instant now = Instant.now();
        String body = "{\"text\":\"Grüße 👋\"}";
        String signature = WebhookSecrets.of(List.of(SECRET, OTHER)).sign(ID, now, body.getBytes(UTF_8));
        HttpHeaders headers = HttpHeaders.of(
                Map.of(
                        "webhook-id",
                        List.of(ID),
                        "webhook-timestamp",
                        List.of(Long.toString(now.getEpochSecond())),
                        "webhook-signature",
                        List.of(signature)),
                (_, _) -> true);

        assertThatCode(() -> new Webhook(known).verify(body, headers)).doesNotThrowAnyException();
    }
}
