package lull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import lull.runtime.CheckResult;
import lull.runtime.http.BoundedHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ClockCheckTest {

    private final BoundedHttpClient client = new BoundedHttpClient(Duration.ofSeconds(5));
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        client.close();
    }

    @Test
    void findsThatTheClocksAgree() throws Exception {
        assertThat(finding(Duration.ZERO)).hasValueSatisfying(finding -> {
            assertThat(finding.isWell()).isTrue();
            assertThat(finding.words()).isEqualTo("This machine's clock and that of AWS agree");
        });
    }

    @Test
    void findsThatThisMachinesClockIsAhead() throws Exception {
        assertThat(finding(Duration.ofMinutes(10))).hasValueSatisfying(finding -> {
            assertThat(finding.isWell()).isFalse();
            assertThat(finding.words()).containsPattern("clock is (599|600|601) s ahead of that of AWS");
        });
    }

    @Test
    void findsThatThisMachinesClockIsBehind() throws Exception {
        assertThat(finding(Duration.ofSeconds(-42))).hasValueSatisfying(finding -> {
            assertThat(finding.isWell()).isFalse();
            assertThat(finding.words()).containsPattern("clock is (41|42|43) s behind that of AWS");
        });
    }

    @Test
    void findsNothingWhereNobodyAnswers() throws Exception {
        int port = server.getAddress().getPort();
        server.stop(0);

        assertThat(new ClockCheck(client, InstantSource.system())
                        .finding("AWS", URI.create("http://127.0.0.1:" + port + "/")))
                .isEmpty();
    }

    private Optional<CheckResult> finding(Duration ahead) throws InterruptedException {
        return new ClockCheck(client, () -> InstantSource.system().instant().plus(ahead))
                .finding(
                        "AWS",
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
    }
}
