package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lull.contract.json.Json;
import org.junit.jupiter.api.Test;

final class RequestsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void aRequestIsAWholeSignedWebhook() throws Exception {
        byte[] request = Requests.make(1, 7, NOW).next();
        String text = new String(request, StandardCharsets.UTF_8);
        int head = text.indexOf("\r\n\r\n") + 4;
        byte[] body = Arrays.copyOfRange(request, head, request.length);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Requests.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        List<String> lines = text.substring(0, head).lines().toList();

        assertThat(lines.getFirst()).isEqualTo("POST /webhooks/whatsapp HTTP/1.1");
        assertThat(lines)
                .contains(
                        "Host: localhost",
                        "Content-Length: " + body.length,
                        "X-Hub-Signature-256: sha256=" + HexFormat.of().formatHex(mac.doFinal(body)));
        assertThat(message(request).path("type").asText()).isEqualTo("text");
        assertThat(message(request).path("timestamp").asText()).isEqualTo(Long.toString(NOW.getEpochSecond()));
    }

    @Test
    void idsDifferAndSendersVary() throws Exception {
        Requests requests = Requests.make(500, 7, NOW);
        Set<String> ids = new HashSet<>();
        Set<String> senders = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            JsonNode message = message(requests.next());
            ids.add(message.path("id").asText());
            senders.add(message.path("from").asText());
        }

        assertThat(ids).hasSize(500);
        assertThat(senders).hasSizeGreaterThan(450);
    }

    @Test
    void afterTheLastComesTheFirstAgain() {
        Requests requests = Requests.make(3, 7, NOW);
        byte[] first = requests.next();

        assertThat(requests.next()).isNotEqualTo(first);
        assertThat(requests.next()).isNotEqualTo(first);
        assertThat(requests.next()).isEqualTo(first);
    }

    @Test
    void theSameSeedMakesTheSameRequests() {
        assertThat(Requests.make(1, 7, NOW).next())
                .isEqualTo(Requests.make(1, 7, NOW).next())
                .isNotEqualTo(Requests.make(1, 8, NOW).next());
    }

    private static JsonNode message(byte[] request) throws Exception {
        String text = new String(request, StandardCharsets.UTF_8);
        String body = text.substring(text.indexOf("\r\n\r\n") + 4);
        return Json.tree(body.getBytes(StandardCharsets.UTF_8)).at("/entry/0/changes/0/value/messages/0");
    }
}
