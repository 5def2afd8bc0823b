package lull.ingress.reply;

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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.reply.Reply;
import lull.ingress.webhook.IngressRecord;
import lull.runtime.BearerTokens;
import lull.runtime.http.BodyReader;
import lull.runtime.http.InFlight;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The door over HTTP, with a topic that is a list.
final class RepliesTest {

    private static final String REQUEST =
            "{'conversation':'100|15550001001','message':{'type':'text','text':{'body':'Hi'}}}";
    private static final int MOST_BYTES = 16 * 1024;

    private final List<IngressRecord> written = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final HttpClient client = HttpClient.newHttpClient();
    private boolean brokerAway;
    private Javalin server = serve(List.of("first", "second"));

    @AfterEach
    void stop() {
        server.stop();
        client.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer first", "Bearer second", "bearer second"})
    void whatIsAskedForIsOnTheTopicBeforeItIsAnswered(String authorization) throws UnreadableJson {
        HttpResponse<String> answer = post(request(REQUEST).header("Authorization", authorization));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(written).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("whatsapp.reply.requested");
            assertThat(record.key()).isEqualTo("100|15550001001");
            Reply reply = Json.read(record.value(), Reply.class);
            assertThat(json(answer))
                    .isEqualTo(Json.object().put("id", reply.id()).put("status", "/replies/" + reply.id()));
        });
        assertThat(counted("accepted")).isEqualTo(1);
    }

    @Test
    void theSameKeyWithAnotherBodyIsAConflictAndNothingIsWritten() throws UnreadableJson {
        post(request(REQUEST).header("Authorization", "Bearer first"));
        HttpResponse<String> again = post(request(REQUEST.replace(",", ", ")).header("Authorization", "Bearer first"));
        HttpResponse<String> other =
                post(request(REQUEST.replace("Hi", "Bye")).header("Authorization", "Bearer first"));
        HttpResponse<String> elsewhere =
                post(request(REQUEST.replace("1001", "1002")).header("Authorization", "Bearer first"));

        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(json(other).path("error").asText())
                .isEqualTo("This Idempotency-Key has been used for another request in this conversation, so this"
                        + " request is rejected. Send a new reply with a new Idempotency-Key");
        assertThat(elsewhere.statusCode()).isEqualTo(202);
        assertThat(written).hasSize(3);
        assertThat(counted("conflict")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer third", "Bearer ", "Bearer", "Basic first", "first", "Bearer firs", "Bearer first,second"
            })
    void aWrongTokenIsRefused(String authorization) {
        HttpResponse<String> answer = post(request(REQUEST).header("Authorization", authorization));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(written).isEmpty();
        assertThat(counted("unauthorized")).isEqualTo(1);
    }

    @Test
    void noTokenIsRefusedWhateverTheBody() {
        assertThat(post(request("not json")).statusCode()).isEqualTo(401);
        assertThat(post(request("x".repeat(MOST_BYTES))).statusCode()).isEqualTo(401);
    }

    @Test
    void withoutTokensTheDoorIsClosedAndSaysWhatOpensIt() {
        server.stop();
        server = serve(List.of());

        HttpResponse<String> answer = post(request(REQUEST).header("Authorization", "Bearer "));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).path("error").asText()).contains("replies.tokens");
        assertThat(counted("closed")).isEqualTo(1);
    }

    @Test
    void allProblemsAreTold() {
        HttpResponse<String> answer = post(allowed("{'conversation':'x','message':{'type':'fax'}}"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("error").asText()).isNotEmpty();
        assertThat(json(answer).path("problems")).hasSize(2);
        assertThat(written).isEmpty();
        assertThat(counted("malformed")).isEqualTo(1);
    }

    @Test
    void theBodyHasALimit() {
        String longest = REQUEST + " ".repeat(MOST_BYTES - REQUEST.length());

        assertThat(post(allowed(longest)).statusCode()).isEqualTo(202);
        assertThat(post(allowed(longest + " ")).statusCode()).isEqualTo(413);
        assertThat(counted("too_large")).isEqualTo(1);
    }

    @Test
    void theBodyIsNotCompressed() {
        assertThat(post(allowed(REQUEST).header("Content-Encoding", "gzip")).statusCode())
                .isEqualTo(415);
        assertThat(post(allowed(REQUEST).header("Content-Encoding", "identity")).statusCode())
                .isEqualTo(202);
        assertThat(counted("encoded")).isEqualTo(1);
    }

    @Test
    void whatTheBrokerDoesNotTakeIsToBeSentAgain() {
        brokerAway = true;

        HttpResponse<String> answer = post(allowed(REQUEST));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        assertThat(counted("unavailable")).isEqualTo(1);
    }

    private Javalin serve(List<String> tokens) {
        Replies replies = new Replies(
                new Replies.Options(new BearerTokens(tokens), MOST_BYTES, true),
                new ReplyReader(ReplyReader.Senders.of(Optional.empty())),
                new IdempotencyKeys(100),
                new BodyReader(MOST_BYTES, Duration.ofSeconds(10)),
                new InFlight(1024 * 1024),
                records -> {
                    written.addAll(records);
                    return !brokerAway;
                },
                new ReplyMetrics(registry),
                () -> Instant.EPOCH);
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    replies.register(config.routes);
                })
                .start(0);
    }

    private HttpRequest.Builder allowed(String body) {
        return request(body).header("Authorization", "Bearer first");
    }

    private HttpRequest.Builder request(String body) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/replies"))
                .header("Idempotency-Key", "k1")
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
    }

    private HttpResponse<String> post(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private int counted(String outcome) {
        return (int) registry.get("lull.replies.requested")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }
}
