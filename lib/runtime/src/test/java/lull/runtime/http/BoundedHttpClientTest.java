package lull.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The client against a server whose answers do not end.
@Timeout(60)
final class BoundedHttpClientTest {

    private static final Duration DEADLINE = Duration.ofMillis(700);
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private final CountDownLatch clientGone = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final BoundedHttpClient client = new BoundedHttpClient(Duration.ofSeconds(5));
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/whole", exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write(new byte[1_000]);
            exchange.close();
        });
        server.createContext("/drips", this::drip);
        server.createContext("/endless", this::pour);
        server.createContext("/silent", exchange -> waitForEnd());
        server.createContext("/halts", exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            waitForEnd();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        client.close();
        server.stop(0);
    }

    @Test
    void answersWithTheWholeBodyUpToTheBound() throws Exception {
        assertThat(client.send(get("/whole"), LONG, 1_000).body()).hasSize(1_000);
        assertThatThrownBy(() -> client.send(get("/whole"), LONG, 999)).isInstanceOf(BoundedHttpClient.TooLarge.class);
    }

    @Test
    void anAnswerThatDoesNotBeginIsGivenUp() {
        assertThatThrownBy(() -> client.send(get("/silent"), DEADLINE, 1_000)).isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void anAnswerThatBeginsAndDoesNotEndIsGivenUp() {
        assertThatThrownBy(() -> client.send(get("/halts"), DEADLINE, 1_000)).isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void anAnswerThatDripsIsGivenUpWithItsConnection() {
        assertThatThrownBy(() -> client.send(get("/drips"), DEADLINE, 1_000_000))
                .isInstanceOf(HttpTimeoutException.class);
        await().atMost(LONG).until(() -> clientGone.getCount() == 0);
    }

    @Test
    void aDownloadThatDripsIsGivenUpWithItsConnection() {
        assertThatThrownBy(() -> client.download(get("/drips"), DEADLINE, 1_000_000, directory.resolve("file")))
                .isInstanceOf(HttpTimeoutException.class);
        await().atMost(LONG).until(() -> clientGone.getCount() == 0);
    }

    @Test
    void aDownloadIsEndedAtItsBoundAndNothingMoreIsOnTheDisk() throws Exception {
        Path file = directory.resolve("file");

        assertThatThrownBy(() -> client.download(get("/endless"), LONG, 100_000, file))
                .isInstanceOf(BoundedHttpClient.TooLarge.class);
        await().atMost(LONG).until(() -> clientGone.getCount() == 0);
        assertThat(Files.size(file)).isLessThanOrEqualTo(100_000);
    }

    @Test
    void aDownloadIsAFile() throws Exception {
        Path file = directory.resolve("file");
        HttpResponse<Path> answer = client.download(get("/whole"), LONG, 1_000, file);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(file).hasSize(1_000);
    }

    @Test
    void nobodyThereIsToldApartFromSilence() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port)).build();

        assertThatThrownBy(() -> client.send(request, LONG, 1_000)).isInstanceOf(ConnectException.class);
    }

    private void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            while (end.getCount() > 0) {
                body.write('a');
                body.flush();
                pause();
            }
        } catch (IOException e) {
            clientGone.countDown();
        }
    }

    private void pour(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            while (end.getCount() > 0) {
                body.write(new byte[64 * 1024]);
            }
        } catch (IOException e) {
            clientGone.countDown();
        }
    }

    private void waitForEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause() {
        try {
            boolean _ = end.await(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest get(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path))
                .build();
    }
}
