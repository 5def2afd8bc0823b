package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import lull.contract.topic.Topics;
import lull.ingress.TestWebhook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Webhooks over TLS, with a key store that the JDK's keytool makes.
final class TlsDoorIT {

    private static final String PASSWORD = "key-store-password";

    @TempDir
    private Path directory;

    @Test
    void takesWebhooksOverTlsAndNothingInTheClear() throws Exception {
        Path keyStore = keyStore();
        Map<String, String> settings =
                Map.of("ingress.tls.keystore", keyStore.toString(), "ingress.tls.keystore.password", PASSWORD);
        String id = World.newId();
        byte[] body = new TestWebhook("100000000000001", "15550001001", "Ann").text(id, "Hello", Instant.now());
        try (IngressUnderTest ingress = IngressUnderTest.start(directory, settings);
                HttpClient client =
                        HttpClient.newBuilder().sslContext(trusting(keyStore)).build()) {
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
        }
    }

    private Path keyStore() throws IOException, InterruptedException {
        Path file = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "ingress",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString()))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(said).isZero();
        return file;
    }

    /// A client's context that trusts this certificate alone.
    private static SSLContext trusting(Path keyStore) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ingress", keys.getCertificate("ingress"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
