package lull.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import lull.runtime.CannotStart;
import org.junit.jupiter.api.Test;

/// What is said where no broker answers.
final class TopicKeeperTest {

    private static final Duration LIMIT = Duration.ofSeconds(11);

    @Test
    void namesTheAddressWhoseConnectionsAreRefused() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(refusal(Map.of("bootstrap.servers", "127.0.0.1:" + port)))
                .startsWith("Kafka cannot be used: no broker answers at 127.0.0.1:" + port + " (Connection refused)")
                .contains("kafka.bootstrap.servers");
    }

    @Test
    void namesEachOfSeveralAddresses() {
        assertThat(refusal(Map.of("bootstrap.servers", "127.0.0.1:1, 127.0.0.1:2")))
                .contains("127.0.0.1:1 (Connection refused), 127.0.0.1:2 (Connection refused)");
    }

    @Test
    void saysThatANameIsUnknown() {
        assertThat(refusal(Map.of("bootstrap.servers", "kafka.invalid:9092")))
                .contains("no broker answers at kafka.invalid:9092 (the name is unknown)");
    }

    @Test
    void saysThatAnAddressHasNoPort() {
        assertThat(refusal(Map.of("bootstrap.servers", "localhost")))
                .contains("Kafka's client cannot be set up: Invalid url in bootstrap.servers: localhost");
    }

    @Test
    void saysThatSomethingElseListensThere() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertThat(refusal(Map.of("bootstrap.servers", "127.0.0.1:" + silent.getLocalPort())))
                    .contains("it accepts connections but does not answer by PLAINTEXT")
                    .contains("check kafka.security.protocol")
                    .contains("advertised listeners");
        }
    }

    @Test
    void saysThatAPropertyIsWrong() {
        assertThat(refusal(Map.of("bootstrap.servers", "127.0.0.1:1", "security.protocol", "TLS")))
                .contains("Kafka's client cannot be set up: Invalid value TLS");
    }

    private static String refusal(Map<String, String> properties) {
        Map<String, String> impatient =
                new HashMap<>(Map.of("default.api.timeout.ms", "1000", "request.timeout.ms", "900"));
        impatient.putAll(properties);
        long start = System.nanoTime();
        Throwable failure = catchThrowable(() -> new TopicKeeper(new KafkaSetup(impatient)).close());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
        assertThat(failure).isInstanceOf(CannotStart.class);
        return String.valueOf(failure.getMessage());
    }
}
