package lull.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import lull.runtime.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KafkaSetupTest {

    @TempDir
    private Path directory;

    @Test
    void aTrustStoreThatIsBrokenIsNamed() throws IOException {
        Path store = Files.writeString(directory.resolve("trust.p12"), "not a trust store");
        KafkaSetup kafka = new KafkaSetup(Map.of(
                "bootstrap.servers", "localhost:1",
                "security.protocol", "SSL",
                "ssl.truststore.type", "PKCS12",
                "ssl.truststore.password", "hunter2",
                "ssl.truststore.location", store.toString()));

        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> kafka.connectAdmin("test", Map.of()))
                .withMessageStartingWith("Kafka cannot be used: Kafka's client cannot be set up: ")
                .withMessageContaining(store.toString())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("no broker answers", "hunter2"));
    }
}
