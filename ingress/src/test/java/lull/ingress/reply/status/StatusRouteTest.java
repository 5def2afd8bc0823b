package lull.ingress.reply.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.reply.ReplyOutcome;
import lull.runtime.BearerTokens;
import lull.runtime.http.InFlight;
import lull.runtime.kafka.NotAcknowledged;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The route over HTTP, over a memory that a test fills.
final class StatusRouteTest {

    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

    private final KnownReplies replies = new KnownReplies(10, SINCE);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable String problem;
    private boolean kafkaAway;
    private Javalin server = serve(List.of("first", "second"), Optional.of(new Memory()));

    private final class Memory implements ReplyStatusLookup {

        @Override
        public Optional<String> problem() {
            return Optional.ofNullable(problem);
        }

        @Override
        public Optional<ReplyStatus> find(String id) {
            if (kafkaAway) {
                throw new NotAcknowledged("whatsapp.reply.sent", null);
            }
            return replies.find(id);
        }

        @Override
        public Instant since() {
            return replies.since();
        }
    }

    @AfterEach
    void stop() {
        server.stop();
        client.close();
    }

    @Test
    void tellsWhatIsKnownOfEachPart() {
        replies.left(new ReplyOutcome.Reported("app-1", 0, "wamid.1", "read", SINCE));
        replies.left(new ReplyOutcome.Refused("app-1", 1, 131047, "The care window is over", SINCE));

        HttpResponse<String> answer = get("app-1", "Bearer second");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(answer.body()))
                .isEqualTo(json("{'id':'app-1','status':'refused','parts':["
                        + "{'part':0,'status':'read','at':'2026-01-01T00:00:00Z','messageId':'wamid.1'},"
                        + "{'part':1,'status':'refused','at':'2026-01-01T00:00:00Z','code':131047,"
                        + "'reason':'The care window is over'}]}"));
        assertThat(counted("known")).isEqualTo(1);
    }

    @Test
    void anUnknownIdSaysHowFarBackItKnows() {
        HttpResponse<String> answer = get("app-2", "Bearer first");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer.body()).path("since").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(json(answer.body()).path("error").asText()).contains("2026-01-01T00:00:00Z");
        assertThat(counted("unknown")).isEqualTo(1);
    }

    @Test
    void whileItReadsItIsToBeAskedAgain() {
        problem = "still reading whatsapp.reply.sent";
        HttpResponse<String> reading = get("app-1", "Bearer first");
        problem = null;
        kafkaAway = true;
        HttpResponse<String> away = get("app-1", "Bearer first");

        for (HttpResponse<String> answer : List.of(reading, away)) {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("5");
            assertThat(json(answer.body()).path("error").asText()).isNotEmpty();
        }
        assertThat(counted("unavailable")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer third", "Bearer ", "Basic first", "first"})
    void aWrongTokenIsRefused(String authorization) {
        HttpResponse<String> answer = get("app-1", authorization);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(counted("unauthorized")).isEqualTo(1);
    }

    @Test
    void withoutTokensOrWithoutStatusesItIsClosedAndSaysWhatOpensIt() {
        server.stop();
        server = serve(List.of(), Optional.of(new Memory()));
        HttpResponse<String> noToken = get("app-1", "Bearer first");
        server.stop();
        server = serve(List.of("first"), Optional.empty());
        HttpResponse<String> off = get("app-1", "Bearer first");

        assertThat(noToken.statusCode()).isEqualTo(404);
        assertThat(json(noToken.body()).path("error").asText()).contains("replies.tokens");
        assertThat(off.statusCode()).isEqualTo(404);
        assertThat(json(off.body()).path("error").asText()).contains("replies.status");
        assertThat(counted("closed")).isEqualTo(2);
    }

    private Javalin serve(List<String> tokens, Optional<ReplyStatusLookup> source) {
        StatusRoute route = new StatusRoute(
                new BearerTokens(tokens), new InFlight(1024 * 1024), new StatusMetrics(registry), source);
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    route.register(config.routes);
                })
                .start(0);
    }

    private HttpResponse<String> get(String id, String authorization) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/replies/" + id))
                            .header("Authorization", authorization)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private int counted(String outcome) {
        return (int) registry.get("lull.replies.status.asked")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private static JsonNode json(String text) {
        try {
            return Json.tree(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }
}
