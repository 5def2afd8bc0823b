package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import lull.runtime.CannotStart;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every HTTP port with a key store: over TLS to who trusts its certificate, and nothing in the clear.
@Tag("proof")
final class TlsPortsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Lifecycle COMPONENTS = new Lifecycle();

    @TempDir
    private static Path directory = Path.of(".");

    private static Path keyStore = Path.of(".");
    private static Path certificate = Path.of(".");
    private static LocalOptions options = LocalOptions.onFreePorts(Path.of("."));
    private static String broker = "";
    private static Map<String, String> settings = Map.of();

    /// A port, with a request that it answers to anybody who is not signed in or not known.
    enum Port {
        ADMIN("admin", "GET", "/livez", 200),
        AGGREGATOR("aggregator", "GET", "/gaps", 401),
        BRIDGE("bridge", "POST", "/sns/connect", 403),
        INGRESS("ingress", "GET", "/webhooks/whatsapp", 403);

        private final String prefix;
        private final String method;
        private final String path;
        private final int status;

        Port(String prefix, String method, String path, int status) {
            this.prefix = prefix;
            this.method = method;
            this.path = path;
            this.status = status;
        }

        private int number() {
            return switch (this) {
                case ADMIN -> options.adminPort();
                case AGGREGATOR -> options.aggregatorPort();
                case BRIDGE -> options.bridgePort();
                case INGRESS -> options.ingressPort();
            };
        }

        private Path file() {
            return directory.resolve(prefix + ".p12");
        }

        private HttpRequest request(String scheme) {
            return HttpRequest.newBuilder(URI.create(scheme + "://localhost:" + number() + path))
                    .method(method, HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        keyStore = KeyStores.make(directory.resolve("keys.p12"));
        certificate = KeyStores.certificate(keyStore, directory.resolve("certificate.pem"));
        options = World.options(directory);
        Map<String, String> file = new HashMap<>();
        for (Port port : Port.values()) {
            Files.copy(keyStore, port.file());
            file.put(port.prefix + ".tls.keystore", port.file().toString());
            file.put(port.prefix + ".tls.keystore.password", KeyStores.PASSWORD);
            file.put(port.prefix + ".tls.keystore.scan", "1s");
        }
        broker = SharedBroker.empty();
        LocalLull lull = LocalLull.start(options, broker, Map.of(), file, COMPONENTS);
        Map<String, String> all = new HashMap<>(lull.settings());
        all.putAll(file);
        settings = all;
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @ParameterizedTest
    @EnumSource
    void answersOverTlsAndNothingInTheClear(Port port) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(KeyStores.trusting(keyStore)).build()) {
            HttpResponse<String> answer = client.send(port.request("https"), HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(port.status);
            assertThat(answer.sslSession().orElseThrow().getProtocol()).startsWith("TLSv1.");
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> client.send(port.request("http"), HttpResponse.BodyHandlers.ofString()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void usesANewCertificateWithoutARestart(Port port) throws Exception {
        Path next = KeyStores.make(directory.resolve("next-" + port.prefix + ".p12"));
        SSLContext before = KeyStores.trusting(keyStore);
        SSLContext after = KeyStores.trusting(next);
        assertThat(trusts(before, port)).isTrue();

        Files.copy(next, port.file(), StandardCopyOption.REPLACE_EXISTING);
        await().atMost(PATIENCE).until(() -> trusts(after, port) && !trusts(before, port));
        Files.copy(keyStore, port.file(), StandardCopyOption.REPLACE_EXISTING);
        await().atMost(PATIENCE).until(() -> trusts(before, port));
    }

    @ParameterizedTest
    @EnumSource
    void aWrongPasswordIsOneSentence(Port port) throws Exception {
        String setting = port.prefix + ".tls.keystore";
        LocalOptions others = LocalOptions.onFreePorts(directory.resolve("other-" + port.prefix));
        try (Lifecycle components = new Lifecycle()) {
            Map<String, String> file = new HashMap<>();
            for (Port each : Port.values()) {
                file.put(each.prefix + ".tls.keystore", each.file().toString());
                file.put(each.prefix + ".tls.keystore.password", KeyStores.PASSWORD);
            }
            file.put(setting + ".password", "another");

            assertThatExceptionOfType(CannotStart.class)
                    .isThrownBy(() -> LocalLull.start(others, broker, Map.of(), file, components))
                    .withMessage(setting + ": " + setting + ".password does not open the file " + port.file());
        }
    }

    @Test
    void commandsCallThePortsOfOperatorsOverTls() {
        String url = "https://localhost:" + options.aggregatorPort();

        Ran trusted = Ran.lull("gap", "show", "--url", url, "--ca", certificate.toString());
        Ran untrusted = Ran.lull("gap", "show", "--url", url);
        Ran otherHost = Ran.lull(
                "gap",
                "show",
                "--url",
                "https://127.0.0.1:" + options.aggregatorPort(),
                "--ca",
                certificate.toString());
        Ran plain = Ran.lull("gap", "show", "--url", "http://localhost:" + options.aggregatorPort());
        Ran noCertificate = Ran.lull("gap", "show", "--url", url, "--ca", keyStore.toString());

        assertThat(trusted.exitCode()).as(trusted.err()).isZero();
        assertThat(untrusted.exitCode()).isEqualTo(1);
        assertThat(untrusted.err())
                .contains("The certificate of " + url + " is not trusted: give the certificate of its authority"
                        + " with --ca");
        assertThat(otherHost.err()).contains("is for another host: use the host name in the certificate");
        assertThat(plain.exitCode()).isEqualTo(1);
        assertThat(plain.err()).contains("with https if aggregator.tls.keystore is set");
        assertThat(noCertificate.err())
                .contains("--ca: The file " + keyStore + " contains no certificate in PEM format");
    }

    @Test
    void sendsWebhooksOverTls() {
        String url = "https://localhost:" + options.ingressPort();

        Ran sent = Ran.lull("send", "--url", url, "--ca", certificate.toString(), "Hello");
        Ran untrusted = Ran.lull("send", "--url", url, "Hello");

        assertThat(sent.exitCode()).as(sent.err()).isZero();
        assertThat(untrusted.err()).contains("is not trusted: give the certificate of its authority with --ca");
    }

    @Test
    void theDoctorAsksTheAdminPortsOverTls() throws Exception {
        String secure = "https://localhost:" + options.adminPort();
        String plain = "http://localhost:" + options.adminPort();

        assertThat(doctor(secure, "--ca", certificate.toString()).out()).contains(secure + " is ready");
        assertThat(doctor(secure).out())
                .contains("The certificate of " + secure + " is not trusted: give the certificate of its authority"
                        + " with --ca");
        assertThat(doctor(plain).out()).contains("No process of Lull answers at " + plain, "use https");
    }

    @Test
    void theHealthCheckOfTheImagesAsksTheAdminPortOverTls() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
        ProcessBuilder builder =
                new ProcessBuilder("bash", Path.of("../../deploy/image/health").toString(), "/livez");
        builder.environment().put("LULL_ADMIN_PORT", Integer.toString(options.adminPort()));
        builder.environment().put("LULL_ADMIN_TLS_KEYSTORE", Port.ADMIN.file().toString());
        Process process = builder.redirectErrorStream(true).start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static Ran doctor(String process, String... arguments) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.put("doctor.processes", process);
        Path file = directory.resolve("doctor.properties");
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            properties.store(out, null);
        }
        String[] all = new String[arguments.length + 3];
        all[0] = "doctor";
        all[1] = "--config";
        all[2] = file.toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return Ran.lull(all);
    }

    private static boolean trusts(SSLContext context, Port port) throws IOException {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port.number())) {
            socket.startHandshake();
            return true;
        } catch (SSLException e) {
            return false;
        }
    }
}
