package lull.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lull.runtime.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(HttpPort.KeyStore.at("x.keystore", file.toString(), PASSWORD, Duration.ofMinutes(1))
                        .file())
                .isEqualTo(file);
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> HttpPort.KeyStore.at("x.keystore", file.toString(), "other", Duration.ofMinutes(1)))
                .withMessageContaining("x.keystore.password does not open the file");
    }

    private static void assertProblem(Path file, String words) {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> HttpPort.KeyStore.at("x.keystore", file.toString(), PASSWORD, Duration.ofMinutes(1)))
                .withMessageStartingWith("x.keystore: ")
                .withMessageContaining(words);
    }
}
