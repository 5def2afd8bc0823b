package lull.aggregator.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import lull.aggregator.operator.Peers.Transport;
import lull.aggregator.operator.Peers.TurnState;
import lull.runtime.BearerTokens;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Other instances that answer, that do not come to an end, and that may not have the token.
@Timeout(60)
final class PeersTest {

    private static final BearerTokens TOKENS = new BearerTokens(List.of("token"));

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/turns/open", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (!end.await(20, TimeUnit.MILLISECONDS)) {
                    body.write(' ');
                    body.flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.createContext("/gaps/here", exchange -> {
            byte[] answer = "{\"input\":{\"3\":{\"\":\"PT8S\"}}}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    @Test
    void asksAnInstanceOnThisMachineWithoutTls() {
        try (Peers peers = new Peers(TOKENS, new Transport(false, false, PATIENCE))) {
            assertThat(peers.gaps("input", List.of(here()))).containsOnlyKeys(3);
        }
    }

    @Test
    void anAnswerThatDoesNotEndIsNone() {
        try (Peers peers = new Peers(TOKENS, new Transport(false, false, Duration.ofSeconds(1)))) {
            assertThat(peers.hasOpenTurn(peers.address(here(), "/turns/open"))).isEqualTo(TurnState.UNREACHABLE);
        }
    }

    @Test
    void theTokenDoesNotGoToAnotherMachineInTheClear() {
        // Of a network for documentation, which nobody answers from.
        HostInfo elsewhere = new HostInfo("192.0.2.1", 8082);
        try (Peers peers = new Peers(TOKENS, new Transport(false, false, PATIENCE))) {
            assertThat(peers.mayAsk(peers.address(here(), "/gaps/here"))).isTrue();
            assertThat(peers.mayAsk(peers.address(elsewhere, "/gaps/here"))).isFalse();
            assertThat(peers.gaps("input", List.of(elsewhere, here()))).containsOnlyKeys(3);
            assertThat(peers.hasOpenTurn(peers.address(elsewhere, "/turns/open")))
                    .isEqualTo(TurnState.UNREACHABLE);
        }
        try (Peers peers = new Peers(TOKENS, new Transport(true, false, PATIENCE))) {
            assertThat(peers.address(elsewhere, "/gaps/here")).hasScheme("https");
            assertThat(peers.mayAsk(peers.address(elsewhere, "/gaps/here"))).isTrue();
        }
    }

    private HostInfo here() {
        return new HostInfo("127.0.0.1", server.getAddress().getPort());
    }
}
