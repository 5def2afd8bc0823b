package lull.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.javalin.http.Context;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.contract.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The client against a scripted HTTP server.
final class GraphClientTest {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final List<String> requests = new ArrayList<>();
    private int status = 200;
    private String body = "{\"id\":\"7\"}";
    private Optional<String> token = Optional.of("secret");
    private Javalin server = Javalin.create();
    private GraphClient graph = graph(1);

    @BeforeEach
    void serve() {
        server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.get("/<path>", this::answer);
                    config.routes.post("/<path>", this::answer);
                })
                .start(0);
        graph = graph(server.port());
    }

    @AfterEach
    void stop() {
        graph.close();
        server.stop();
    }

    @Test
    void callsWithTheVersionAndTheTokenOfTheNumber() throws InterruptedException {
        graph.post("100", "messages", Json.object().put("a", 1)).send();
        graph.post("200", "messages", Json.object().put("a", 1)).send();
        graph.number("100", "quality_rating");
        graph.media("100", "a/b");

        assertThat(requests)
                .containsExactly(
                        "POST /v23.0/100/messages Bearer secret Lull {\"a\":1}",
                        "POST /v24.0/200/messages Bearer other Lull {\"a\":1}",
                        "GET /v23.0/100?fields=quality_rating Bearer secret Lull ",
                        "GET /v23.0/a%2Fb?phone_number_id=100 Bearer secret Lull ");
    }

    @Test
    void readsTheResponse() throws InterruptedException {
        assertThat(post()).isInstanceOfSatisfying(GraphAnswer.Ok.class, ok -> {
            assertThat(ok.status()).isEqualTo(200);
            assertThat(ok.body().path("id").asText()).isEqualTo("7");
        });
        body = "OK";
        assertThat(post())
                .isInstanceOfSatisfying(
                        GraphAnswer.Ok.class,
                        ok -> assertThat(ok.body().isMissingNode()).isTrue());
    }

    @Test
    void readsTheCodeOfAnError() throws InterruptedException {
        status = 400;
        body = "{\"error\":{\"message\":\"no\",\"code\":131047}}";
        assertThat(rejected().status()).isEqualTo(400);
        assertThat(rejected().code()).hasValue(131047);
        for (String without : List.of("<html>", "{}", "[]", "{\"error\":1}", "{\"error\":{\"code\":\"x\"}}", "")) {
            body = without;
            assertThat(rejected().code()).as(without).isEmpty();
        }
    }

    @Test
    void downloadsIntoAFile(@TempDir Path directory) throws Exception {
        URI address = URI.create("http://localhost:" + server.port() + "/file");
        Path file = directory.resolve("file");

        assertThat(graph.download("100", address, LIMIT, 100, file)).isInstanceOf(GraphAnswer.Ok.class);
        assertThat(Files.readString(file)).isEqualTo(body);
        assertThat(requests).containsExactly("GET /file Bearer secret Lull ");
        assertThat(failed(graph.download("100", address, LIMIT, 3, directory.resolve("more"))))
                .isInstanceOf(GraphError.NoResponse.class);
        status = 404;
        assertThat(failed(graph.download("100", address, LIMIT, 100, directory.resolve("none"))))
                .isInstanceOf(GraphError.Rejected.class);
    }

    @Test
    void makesNoCallWithoutAToken() throws InterruptedException {
        token = Optional.empty();

        assertThat(failed(post())).isEqualTo(new GraphError.NoToken("100", "whatsapp.access.token"));
        assertThat(requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"local\nNEW", "local\r\nX-Other: y", "local\u0001", "two words", "\u043a\u043b\u044e\u0447", ""})
    void makesNoCallWithATokenThatAHeaderCannotHave(String text, @TempDir Path directory) throws InterruptedException {
        token = Optional.of(text);
        GraphError.NoToken missing = new GraphError.NoToken("100", "whatsapp.access.token");
        URI address = URI.create("http://localhost:" + server.port() + "/file");

        assertThat(failed(post())).isEqualTo(missing);
        assertThat(failed(graph.media("100", "1"))).isEqualTo(missing);
        assertThat(failed(graph.number("100", "id"))).isEqualTo(missing);
        assertThat(failed(graph.download("100", address, LIMIT, 100, directory.resolve("none"))))
                .isEqualTo(missing);
        assertThat(new GraphErrors("100", "whatsapp.access.token").of(missing))
                .isInstanceOf(WhatsAppError.Misconfigured.class);
        assertThat(requests).isEmpty();
    }

    @Test
    void saysWhetherTheServerWasReached() throws InterruptedException {
        server.stop();

        assertThat(failed(post())).isInstanceOf(GraphError.NotConnected.class);
    }

    private GraphError.Rejected rejected() throws InterruptedException {
        return (GraphError.Rejected) failed(post());
    }

    private GraphAnswer post() throws InterruptedException {
        return graph.post("100", "messages", Json.object()).send();
    }

    private static GraphError failed(GraphAnswer answer) {
        return ((GraphAnswer.Failed) answer).error();
    }

    private void answer(Context context) {
        String query = context.queryString();
        requests.add(context.method() + " " + context.req().getRequestURI() + (query == null ? "" : "?" + query) + " "
                + context.header("Authorization") + " " + context.header("User-Agent") + " " + context.body());
        context.status(status).result(body);
    }

    private GraphClient graph(int port) {
        return new GraphClient(new GraphClient.Options(
                URI.create("http://localhost:" + port + "/"),
                new GraphAccess(
                        new GraphAccess.Credential("v23.0", "whatsapp.access.token", () -> token),
                        Map.of(
                                "200",
                                new GraphAccess.Credential(
                                        "v24.0", "whatsapp.access.token.200", () -> Optional.of("other")))),
                LIMIT,
                LIMIT));
    }
}
