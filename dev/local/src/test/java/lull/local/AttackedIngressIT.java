package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lull.ingress.http.TestWebhook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What strangers without any secret can do to an ingress with the smallest budget: nothing that signed webhooks
/// notice.
@Tag("proof")
final class AttackedIngressIT {

    private static final int BUDGET = 16 * 1024 * 1024;
    private static final Duration ARRIVAL = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path directory;

    private static IngressUnderTest ingress;

    private final List<Socket> sockets = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        ingress = IngressUnderTest.start(
                directory,
                Map.of(
                        "ingress.max.inflight.bytes",
                        Integer.toString(BUDGET),
                        "ingress.arrival.timeout",
                        ARRIVAL.toSeconds() + "s"));
    }

    @AfterAll
    static void stop() {
        ingress.close();
    }

    @AfterEach
    void leave() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        await().atMost(PATIENCE).until(() -> meter("lull_webhooks_inflight") == 0);
        assertThat(meter("lull_webhooks_inflight_bytes")).isZero();
        assertThat(answerToSigned()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webhooks/sns", "/replies", "/nothing"})
    void aDoorThatIsNotConfiguredIsClosedBeforeAnythingIsRead(String path) throws IOException {
        List<Socket> large = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            large.add(begin(path, 5_000_000, 1_000));
        }

        for (Socket socket : large) {
            assertThat(answer(socket)).startsWith("HTTP/1.1 404");
        }
        assertThat(meter("lull_webhooks_inflight_bytes")).isZero();
    }

    @Test
    void bodiesThatAreAnnouncedAndDoNotComeTurnNoWebhookAway() throws IOException {
        for (int i = 0; i < 680; i++) {
            Socket _ = begin("/webhooks/whatsapp", 200_000, 41_000);
        }
        // On a busy machine the first are given up before the last have come, so more have to.
        await().atMost(PATIENCE).until(() -> {
            if (meter("lull_webhooks_inflight_bytes") > BUDGET / 2.0) {
                return true;
            }
            for (int i = 0; i < 20; i++) {
                Socket _ = begin("/webhooks/whatsapp", 200_000, 41_000);
            }
            return false;
        });
        assertThat(meter("lull_webhooks_inflight_bytes")).isLessThanOrEqualTo(BUDGET * 3 / 4.0);

        for (int i = 0; i < 20; i++) {
            long start = System.nanoTime();
            assertThat(answerToSigned()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            assertThat(meter("lull_webhooks_inflight_bytes")).isLessThanOrEqualTo(BUDGET);
        }
    }

    @Test
    void bodiesOfWhichNothingComesTakeNothing() throws IOException {
        for (int i = 0; i < 300; i++) {
            Socket _ = begin("/webhooks/whatsapp", 5_000_000, 0);
        }

        await().atMost(PATIENCE).until(() -> meter("lull_webhooks_inflight") >= 300);
        assertThat(meter("lull_webhooks_inflight_bytes")).isZero();
        // Sooner than the idle timeout, which is 30 s.
        assertThat(answer(sockets.getFirst())).startsWith("HTTP/1.1 408");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/webhooks/whatsapp?appId=%25zz",
                "/webhooks/whatsapp?%25",
                "/webhooks/whatsapp?appId=%00",
                "/webhooks/whatsapp/%25%25",
                "/webhooks/whatsapp?appId=a&appId=b"
            })
    void absurdAddressesAreAnsweredWithoutAFault(String path) {
        assertThat(ingress.send(HttpRequest.newBuilder(ingress.uri(path)).POST(BodyPublishers.ofString("{}")))
                        .statusCode())
                .isBetween(400, 499);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?appId=%zz", "?%", "?appId=%", "?a=%u1234", "/%zz", "?hub.verify_token=%C3%28"})
    void addressesThatAreNoneAreAnsweredWithoutAFault(String path) throws IOException {
        for (String method : List.of("GET", "POST")) {
            Socket socket = connect();
            socket.getOutputStream()
                    .write((method + " /webhooks/whatsapp" + path + " HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Content-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(answer(socket)).as(method + path).startsWith("HTTP/1.1 4");
        }
    }

    private static int answerToSigned() {
        return ingress.post(new TestWebhook("100000000000001", "15550001001", "Ann")
                        .text(World.newId(), "Hello", Instant.now()))
                .statusCode();
    }

    private static double meter(String name) {
        return ingress.scrape()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow();
    }

    private Socket begin(String path, int announced, int sent) throws IOException {
        Socket socket = connect();
        OutputStream out = socket.getOutputStream();
        out.write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + announced
                        + "\r\nX-Hub-Signature-256: sha256=" + "0".repeat(64) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[sent]);
        return socket;
    }

    private Socket connect() throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), ingress.uri("/").getPort());
        socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
        sockets.add(socket);
        return socket;
    }

    /// The beginning of the answer; empty if there is none.
    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }
}
