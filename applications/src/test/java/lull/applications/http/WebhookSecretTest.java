package lull.applications.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookSecretTest {

    private static final String SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
    private static final String OTHER = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
    private static final String ID = "turn_0123456789abcdef";

    @Test
    void signsAsTheSpecificationsVectorDoes() {
        String signature = WebhookSecret.sign(
                List.of(WebhookSecret.of(SECRET)),
                ID,
                Instant.ofEpochSecond(1_764_187_200),
                "{\"type\":\"turn.closed\"}".getBytes(UTF_8));

        assertThat(signature).isEqualTo("v1,UMG61iX0y7s5iblJEQyxT9d783IqPqXLiEDY7mjOKEM=");
    }

    @ParameterizedTest
    @ValueSource(strings = {SECRET, "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="})
    void isAcceptedByTheReferenceLibraryWithEitherSecretWhileTheyAreRotated(String known) {
        Instant now = Instant.now();
        String body = "{\"text\":\"Grüße 👋\"}";
        String signature = WebhookSecret.sign(
                List.of(WebhookSecret.of(SECRET), WebhookSecret.of(OTHER)), ID, now, body.getBytes(UTF_8));
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

    @ParameterizedTest
    @ValueSource(strings = {"", "whsec_", "whsec_AAEC", "whsec_not base64 at all, but long enough to be one"})
    void refusesWhatIsNoSecretWithoutSayingIt(String text) {
        assertThatThrownBy(() -> WebhookSecret.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must be ")
                .hasMessageNotContainingAny("AAEC", "not base64");
    }
}
