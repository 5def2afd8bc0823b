package lull.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.runtime.http.HttpPort;
import lull.runtime.http.InFlight;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AdminServerTest {

    /// Enough for an answer that does not fit into the buffers of a connection.
    private static final int METERS = 100_000;

    private final Health health = new Health();
    private final Metrics metrics = new Metrics();
    private final AdminServer server = AdminServer.start(
            HttpPort.Options.free("admin"),
            Optional.empty(),
            new InFlight(1024 * 1024),
            health,
            metrics,
            Map.of("process", "test"));
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.close();
        server.close();
        metrics.close();
    }

    @Test
    void answersAPathOrAMethodThatItDoesNotHaveInJson() throws Exception {
        HttpResponse<String> missing = get("/ready");
        HttpResponse<String> wrongMethod = client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/readyz"))
                        .header("Accept", "text/html")
                        .DELETE()
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(missing.body()).isEqualTo("{\"error\":\"There is nothing at /ready\"}");
        assertThat(wrongMethod.statusCode()).isEqualTo(405);
        assertThat(wrongMethod.headers().firstValue("Allow")).contains("GET");
        assertThat(wrongMethod.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(wrongMethod.body()).isEqualTo("{\"error\":\"/readyz does not accept DELETE, only GET\"}");
    }

    @Test
    void livesButIsNotReadyWhileAPassingProblemLasts() throws Exception {
        health.readyWhile("kafka", () -> Optional.of("away"));

        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).isEqualTo("{\"ready\":false,\"problems\":[\"kafka: away\"],\"degraded\":[]}");
    }

    @Test
    void namesWhatWaitsInEachFlow() throws Exception {
        assertThat(get("/waiting").body()).isEqualTo("{\"flows\":{}}");
        health.waitsIn(
                "lull-turn-to-chat",
                most -> List.of(new Health.Waiting(
                        "1|****0001", Instant.parse("2026-03-01T10:00:00Z"), 2, 3, "asked for at most " + most)));

        assertThat(get("/waiting").body())
                .isEqualTo("{\"flows\":{\"lull-turn-to-chat\":[{\"conversation\":\"1|****0001\","
                        + "\"since\":\"2026-03-01T10:00:00Z\",\"records\":2,\"attempts\":3,"
                        + "\"reason\":\"asked for at most 100\"}]}}");
    }

    @Test
    void staysReadyWhileItIsDegradedAndTellsWhatIsAffectedAndWhy() throws Exception {
        health.degradedIn(
                "turns", () -> List.of(new Health.Degradation("turns", "business_number 100", "no such flow")));
        health.degradedIn("replies", List::of);
        health.degradedWhile("store", () -> Optional.of("S3 answers 404"));
        health.degradedWhile("files", Optional::empty);

        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").body())
                .isEqualTo("{\"ready\":true,\"problems\":[],\"degraded\":[{\"part\":\"store\","
                        + "\"scope\":\"store\",\"cause\":\"S3 answers 404\"},{\"part\":\"turns\","
                        + "\"scope\":\"business_number 100\",\"cause\":\"no such flow\"}]}");
    }

    @Test
    void asksAllChecksThatHaveTheSameName() throws Exception {
        health.readyWhile("ingress", () -> Optional.of("stopping"));
        health.readyWhile("ingress", Optional::empty);
        assertThat(get("/readyz").body()).contains("ingress: stopping");

        health.readyWhile("bridge", Optional::empty);
        health.readyWhile("bridge", () -> Optional.of("away"));
        assertThat(get("/readyz").body()).contains("bridge: away");
    }

    @Test
    void isNeitherAliveNorReadyAfterAFatalProblem() throws Exception {
        health.livesWhile("streams", () -> Optional.of("dead"));

        assertThat(get("/livez").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
    }

    @Test
    void servesMetricsAndInformation() throws Exception {
        metrics.registry().counter("lull.test").increment();

        assertThat(get("/metrics").body()).contains("lull_test_total 1.0").contains("jvm_memory_used_bytes");
        assertThat(get("/info").body()).isEqualTo("{\"process\":\"test\"}");
    }

    @Test
    void clientsThatDoNotReadKeepNobodyFromTheMetrics() throws Exception {
        for (int i = 0; i < METERS; i++) {
            metrics.registry().counter("lull.test.of.many.meters", "number", String.valueOf(i));
        }
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                Socket socket = new Socket();
                socket.setReceiveBufferSize(1024);
                sockets.add(socket);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
                socket.getOutputStream()
                        .write("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                // The answer has begun, and nobody reads on.
                assertThat(socket.getInputStream().readNBytes(12))
                        .isEqualTo("HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII));
            }

            assertThat(get("/metrics").statusCode()).isEqualTo(200);
            assertThat(get("/livez").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
