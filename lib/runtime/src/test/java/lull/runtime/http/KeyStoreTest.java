package lull.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lull.runtime.CannotStart;
import lull.runtime.log.CapturedLog;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyStoreTest {

    private static final String PASSWORD = "key-store-password";

    @TempDir
    private Path directory = Path.of(".");

    @Test
    void whatIsNoKeyStoreIsOneSentence() throws Exception {
        assertProblem(Files.writeString(directory.resolve("text"), "root:x:0:0"), "is not a key store");
        assertProblem(Files.write(directory.resolve("empty"), new byte[0]), "is not a key store");
        assertProblem(directory, "it is a directory");
        assertProblem(directory.resolve("nothing"), "it does not exist");
        Path without = directory.resolve("without-key");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (OutputStream out = Files.newOutputStream(without)) {
            store.store(out, PASSWORD.toCharArray());
        }
        assertProblem(without, "holds no private key");
    }

    @Test
    void aKeyStoreNeedsItsPassword() throws Exception {
        Path file = make("+0d");

        assertThat(HttpPort.KeyStore.at("x.keystore", file.toString(), PASSWORD, Duration.ofMinutes(1))
                        .file())
                .isEqualTo(file);
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> HttpPort.KeyStore.at("x.keystore", file.toString(), "other", Duration.ofMinutes(1)))
                .withMessageContaining("x.keystore.password does not open the file");
    }

    @ParameterizedTest
    @CsvSource({
        "-10d, has expired, -777600",
        "+5d, is not valid yet, 518400",
        "+0d, , 86400",
    })
    void aCertificateThatClientsRefuseIsLoggedAndMeasured(String start, @Nullable String warning, double left)
            throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        HttpPort.KeyStore keyStore =
                HttpPort.KeyStore.at("x.keystore", make(start).toString(), PASSWORD, Duration.ofMinutes(1));

        CertificateValidity validity;
        try (CapturedLog log = new CapturedLog(CertificateValidity.class)) {
            validity = CertificateValidity.of("ingress", keyStore, registry, InstantSource.system());

            assertThat(log.events().stream().map(ILoggingEvent::getMessage))
                    .hasSize(warning == null ? 0 : 1)
                    .allSatisfy(message -> assertThat(message).contains(warning));
        }

        assertThat(registry.get("lull.tls.certificate.expires.seconds")
                        .tag("port", "ingress")
                        .gauge()
                        .value())
                .as("seconds that %s is valid", validity)
                .isCloseTo(left, within(3_600.0));
    }

    /// A key with a certificate for one day.
    ///
    /// @param start from when on it is valid, from now
    private Path make(String start) throws Exception {
        Path file = directory.resolve("keys");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "lull",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-startdate",
                        start,
                        "-validity",
                        "1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(180, TimeUnit.SECONDS)).isTrue();
        return file;
    }

    private static void assertProblem(Path file, String words) {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> HttpPort.KeyStore.at("x.keystore", file.toString(), PASSWORD, Duration.ofMinutes(1)))
                .withMessageStartingWith("x.keystore: ")
                .withMessageContaining(words);
    }
}
