package lull.aggregator.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import lull.aggregator.gap.GapModel;
import lull.aggregator.gap.Score;
import lull.aggregator.inforce.ModelReport;
import lull.aggregator.inforce.PartitionRule;
import lull.aggregator.operator.Peers.Transport;
import lull.aggregator.operator.Peers.TurnState;
import lull.contract.json.Json;
import lull.contract.message.GapRule;
import lull.runtime.BearerTokens;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Other instances that answer, that do not come to an end, and that may not have the token.
@Timeout(60)
final class PeersTest {

    private static final BearerTokens TOKENS = new BearerTokens(List.of("token"));

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private volatile String policies = "";
    private volatile String models = "";

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
        server.createContext("/gaps/here/policies", exchange -> answer(exchange, policies));
        server.createContext("/gaps/here/models", exchange -> answer(exchange, models));
        server.start();
    }

    private static void answer(HttpExchange exchange, String told) throws IOException {
        byte[] answer = told.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.length == 0 ? 404 : 200, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
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
    void readsTheRulesAndModelsOfAnotherInstance() {
        GapModel model = GapModel.shipped();
        PartitionRule rule = new PartitionRule(
                "own",
                new TreeMap<>(Map.of("", GapRule.FIXED)),
                new TreeMap<>(Map.of("1", Score.NONE)),
                new TreeMap<>(Map.of("own", "0123456789abcdef")),
                new TreeMap<>(Map.of("1", 33.5)));
        policies = Json.text(Map.of("input", Map.of("3", rule), "other", Map.of("4", rule)));
        models = Json.text(Map.of("input", List.of(new ModelReport.InForce(List.of(3, 5), model))));
        try (Peers peers = new Peers(TOKENS, new Transport(false, false, PATIENCE))) {
            assertThat(peers.rules("input", List.of(here()))).containsExactly(Map.entry(3, rule));
            assertThat(peers.models("input", List.of(here())))
                    .containsExactly(Map.entry(3, model), Map.entry(5, model));
        }
    }

    @Test
    void anOlderInstanceTellsNoRules() {
        try (Peers peers = new Peers(TOKENS, new Transport(false, false, PATIENCE))) {
            assertThat(peers.gaps("input", List.of(here()))).containsOnlyKeys(3);
            assertThat(peers.rules("input", List.of(here()))).isEmpty();
            assertThat(peers.models("input", List.of(here()))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "{\"input\":{\"x\":{\"model\":\"1\",\"rules\":{},\"scores\":{}}}}",
                "{\"input\":{\"3\":{}}}",
                "{\"input\":{\"3\":{\"model\":\"1\",\"rules\":{\"\":{\"policy\":\"clever\"}},\"scores\":{}}}}"
            })
    void anAnswerThatIsNotUnderstoodIsNone(String told) {
        policies = told;
        models = told;
        try (Peers peers = new Peers(TOKENS, new Transport(false, false, PATIENCE))) {
            assertThat(peers.rules("input", List.of(here()))).isEmpty();
            assertThat(peers.models("input", List.of(here()))).isEmpty();
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
