package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import lull.contract.topic.Topics;
import lull.ingress.http.TestWebhook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Webhooks over TLS, with a key store that the JDK's keytool makes.
@Tag("proof")
final class TlsIngressIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration ARRIVAL = Duration.ofSeconds(1);

    @TempDir
    private Path directory;

    @Test
    void takesWebhooksOverTlsAndNothingInTheClear() throws Exception {
        Path keyStore = KeyStores.make(directory.resolve("keys.p12"));
        Map<String, String> settings = Map.of(
                "ingress.tls.keystore",
                keyStore.toString(),
                "ingress.tls.keystore.password",
                KeyStores.PASSWORD,
                "ingress.arrival.timeout",
                ARRIVAL.toMillis() + "ms");
        String id = World.newId();
        byte[] body = new TestWebhook("100000000000001", "15550001001", "Ann").text(id, "Hello", Instant.now());
        try (IngressUnderTest ingress = IngressUnderTest.start(directory, settings);
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(KeyStores.trusting(keyStore))
                        .build()) {
            URI secure = URI.create("https://localhost:" + ingress.uri("/").getPort() + "/webhooks/whatsapp");
            HttpRequest request = HttpRequest.newBuilder(secure)
                    .header("X-Hub-Signature-256", TestWebhook.signature(body, IngressUnderTest.SECRET))
                    .POST(BodyPublishers.ofByteArray(body))
                    .build();

            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.sslSession().orElseThrow().getProtocol()).startsWith("TLSv1.");
            assertThat(ingress.records(Topics.MESSAGE_RECEIVED.name())).hasSize(1);
            assertThatThrownBy(() -> ingress.post(body)).hasMessageContaining("No answer");
            keepsAConnectionThatGoesOnAsking(KeyStores.trusting(keyStore), secure.getPort());
        }
    }

    @Test
    void takesANewCertificateWhileItRuns() throws Exception {
        Path inUse = KeyStores.make(directory.resolve("in-use.p12"));
        Path next = KeyStores.make(directory.resolve("next.p12"));
        Map<String, String> settings = Map.of(
                "ingress.tls.keystore",
                inUse.toString(),
                "ingress.tls.keystore.password",
                KeyStores.PASSWORD,
                "ingress.tls.keystore.scan",
                "1s");
        SSLContext before = KeyStores.trusting(inUse);
        SSLContext after = KeyStores.trusting(next);
        try (IngressUnderTest ingress = IngressUnderTest.start(directory, settings)) {
            int port = ingress.uri("/").getPort();
            assertThat(trusts(before, port)).isTrue();
            assertThat(trusts(after, port)).isFalse();

            Files.writeString(inUse, "no key store");
            await().during(Duration.ofSeconds(3)).until(() -> trusts(before, port));
            Files.delete(inUse);
            await().during(Duration.ofSeconds(3)).until(() -> trusts(before, port));
            Files.createDirectory(inUse);
            await().during(Duration.ofSeconds(3)).until(() -> trusts(before, port));
            Files.delete(inUse);
            Files.copy(next, inUse, StandardCopyOption.REPLACE_EXISTING);

            await().atMost(PATIENCE).until(() -> trusts(after, port) && !trusts(before, port));
        }
    }

    private static boolean trusts(SSLContext context, int port) throws IOException {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port)) {
            socket.startHandshake();
            return true;
        } catch (SSLException e) {
            return false;
        }
    }

    /// A connection's requests together may take longer than a single one.
    private static void keepsAConnectionThatGoesOnAsking(SSLContext context, int port) throws IOException {
        byte[] request =
                "GET /webhooks/whatsapp HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = context.getSocketFactory().createSocket("localhost", port)) {
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            long end = System.nanoTime() + ARRIVAL.multipliedBy(4).toNanos();
            int answered = 0;
            while (System.nanoTime() < end) {
                socket.getOutputStream().write(request);
                answered++;
                assertThat(answers.readLine()).as("answer %s", answered).startsWith("HTTP/1.1 403");
                readRest(answers);
            }
            assertThat(answered).isGreaterThan(10);
        }
    }

    private static void readRest(BufferedReader answers) throws IOException {
        int length = 0;
        for (String line = answers.readLine(); !line.isEmpty(); line = answers.readLine()) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        for (int i = 0; i < length; i++) {
            assertThat(answers.read()).isNotNegative();
        }
    }
}
