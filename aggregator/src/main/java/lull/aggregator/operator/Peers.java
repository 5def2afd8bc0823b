package lull.aggregator.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import lull.aggregator.gap.GapModel;
import lull.aggregator.inforce.ModelReport;
import lull.aggregator.inforce.PartitionRule;
import lull.aggregator.inforce.RouteReport;
import lull.aggregator.turn.OpenTurnList;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.BearerTokens;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.http.LocalHost;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Client of the other instances of the aggregator, over HTTP. An instance that does not answer in time
/// contributes nothing to the result.
public final class Peers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Peers.class);

    private static final int MAX_ANSWER_BYTES = 8 * 1024 * 1024;

    private final BoundedHttpClient client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BearerTokens tokens;
    private final Transport transport;

    /// How instances connect to one another.
    ///
    /// @param isTls whether all of them serve over TLS
    /// @param isPlainAllowed whether the token may be sent to other machines without encryption
    /// @param timeout how long an instance may take to answer
    record Transport(boolean isTls, boolean isPlainAllowed, Duration timeout) {}

    /// @param tokens the tokens of all instances
    public Peers(BearerTokens tokens, Transport transport) {
        this.tokens = tokens;
        this.transport = transport;
        this.client = new BoundedHttpClient(transport.timeout());
    }

    /// Another instance's answer about a turn.
    enum TurnState {
        OPEN,
        NOT_OPEN,
        /// It did not answer, or its answer was not understood.
        UNREACHABLE
    }

    /// Returns an instance's host and port, as in a URI.
    public static String authority(HostInfo host) {
        return (host.host().indexOf(':') >= 0 ? "[" + host.host() + "]" : host.host()) + ":" + host.port();
    }

    /// Returns the address of a path of an instance.
    URI address(HostInfo host, String path) {
        return URI.create((transport.isTls() ? "https://" : "http://") + authority(host) + path);
    }

    /// Returns what setting records have set in the partitions of a topic that these instances serve:
    /// by partition and business number. All instances are asked concurrently.
    Map<Integer, SortedMap<String, Duration>> gaps(String topic, Collection<HostInfo> hosts) {
        return ask(hosts, "/gaps/here", topic, (told, gaps) -> {
            for (Map.Entry<String, JsonNode> partition : told.properties()) {
                gaps.put(Integer.valueOf(partition.getKey()), byNumber(partition.getValue()));
            }
        });
    }

    /// Returns the rules of the partitions of a topic that these instances serve. Instances of versions
    /// that know no rules tell none.
    Map<Integer, PartitionRule> rules(String topic, Collection<HostInfo> hosts) {
        return ask(hosts, "/gaps/here/policies", topic, (told, rules) -> {
            for (Map.Entry<String, JsonNode> partition : told.properties()) {
                rules.put(Integer.valueOf(partition.getKey()), Json.convert(partition.getValue(), PartitionRule.class));
            }
        });
    }

    /// Returns the models of the partitions of a topic that these instances serve, likewise.
    Map<Integer, GapModel> models(String topic, Collection<HostInfo> hosts) {
        return ask(hosts, "/gaps/here/models", topic, (told, models) -> {
            for (JsonNode each : told) {
                ModelReport.InForce inForce = Json.convert(each, ModelReport.InForce.class);
                inForce.partitions().forEach(partition -> models.put(partition, inForce.model()));
            }
        });
    }

    /// Returns the routes of the partitions of a topic that these instances serve. Instances of versions that
    /// know no routes tell none.
    List<RouteReport.InForce> routes(String topic, Collection<HostInfo> hosts) {
        Map<Integer, RouteReport.InForce> routes = ask(hosts, "/routes/here", topic, (told, byPartition) -> {
            for (JsonNode each : told) {
                RouteReport.InForce inForce = Json.convert(each, RouteReport.InForce.class);
                inForce.partitions().forEach(partition -> byPartition.put(partition, inForce));
            }
        });
        return routes.values().stream().distinct().toList();
    }

    /// Returns the open turns of the partitions of a topic that these instances serve. Instances of versions that
    /// cannot list turns return none.
    ///
    /// @param limit how many turns of each partition are shown
    Map<Integer, OpenTurnList> waiting(String topic, Collection<HostInfo> hosts, int limit) {
        return ask(hosts, "/turns/waiting/here?limit=" + limit, topic, (told, turns) -> {
            for (Map.Entry<String, JsonNode> partition : told.properties()) {
                turns.put(Integer.valueOf(partition.getKey()), Json.convert(partition.getValue(), OpenTurnList.class));
            }
        });
    }

    /// Reads what an instance tells of the partitions of a topic.
    @FunctionalInterface
    private interface Reading<T> {
        void read(JsonNode told, Map<Integer, T> byPartition) throws UnreadableJson;
    }

    private <T> Map<Integer, T> ask(Collection<HostInfo> hosts, String path, String topic, Reading<T> reading) {
        List<CompletableFuture<Map<Integer, T>>> asked = hosts.stream()
                .map(host -> address(host, path))
                .map(address -> askLater(address).thenApply(answer -> read(topic, address, answer, reading)))
                .toList();
        Map<Integer, T> byPartition = new TreeMap<>();
        asked.forEach(there -> byPartition.putAll(there.join()));
        return byPartition;
    }

    private static <T> Map<Integer, T> read(
            String topic, URI address, Optional<HttpResponse<byte[]>> answer, Reading<T> reading) {
        if (answer.isEmpty() || answer.get().statusCode() != 200) {
            return Map.of();
        }
        Map<Integer, T> byPartition = new TreeMap<>();
        try {
            reading.read(Json.tree(answer.get().body()).path(topic), byPartition);
            return byPartition;
        } catch (UnreadableJson | DateTimeException | NumberFormatException e) {
            silent(address, "an unexpected response");
            return Map.of();
        }
    }

    /// Whether an instance has a turn open, by the address at which it shows the turn.
    TurnState hasOpenTurn(URI address) {
        return switch (askLater(address).join().map(HttpResponse::statusCode).orElse(0)) {
            case 200 -> TurnState.OPEN;
            case 404 -> TurnState.NOT_OPEN;
            default -> TurnState.UNREACHABLE;
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.close();
    }

    private static SortedMap<String, Duration> byNumber(JsonNode answer) {
        SortedMap<String, Duration> byNumber = new TreeMap<>();
        answer.properties()
                .forEach(gap ->
                        byNumber.put(gap.getKey(), Duration.parse(gap.getValue().asText())));
        return byNumber;
    }

    private CompletableFuture<Optional<HttpResponse<byte[]>>> askLater(URI address) {
        return CompletableFuture.supplyAsync(() -> ask(address), threads);
    }

    private Optional<HttpResponse<byte[]>> ask(URI address) {
        if (!mayAsk(address)) {
            silent(
                    address,
                    "the token is not sent there without TLS: set "
                            + OperatorSettings.TLS.keyStore().name() + ", or " + OperatorSettings.PLAIN_PEERS.name()
                            + " in a network that nobody else can read");
            return Optional.empty();
        }
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", tokens.authorization())
                .build();
        try {
            HttpResponse<byte[]> response = client.send(request, transport.timeout(), MAX_ANSWER_BYTES);
            if (response.statusCode() != 200 && response.statusCode() != 404) {
                silent(address, "status " + response.statusCode());
            }
            return Optional.of(response);
        } catch (IOException e) {
            silent(address, e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    /// Whether the token may be sent to an address: encrypted, on this machine, or in a network that is
    /// configured as safe.
    boolean mayAsk(URI address) {
        return transport.isTls() || transport.isPlainAllowed() || LocalHost.isAt(address);
    }

    private static void silent(URI address, String why) {
        log.atWarn()
                .addKeyValue("instance", address.getAuthority())
                .addKeyValue("error", why)
                .log("Another instance does not answer");
    }
}
