package lull.aggregator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.BearerTokens;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The other instances of the aggregator, asked over HTTP. One that does not answer in time tells nothing.
final class Peers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Peers.class);

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private final BearerTokens tokens;

    /// @param tokens those of all instances
    Peers(BearerTokens tokens) {
        this.tokens = tokens;
    }

    /// What setting records have set in the partitions of a topic that these instances serve: by partition and business
    /// number.
    Map<Integer, SortedMap<String, Duration>> gaps(String topic, Collection<HostInfo> hosts) {
        Map<Integer, SortedMap<String, Duration>> gaps = new TreeMap<>();
        for (HostInfo host : hosts) {
            ask(URI.create("http://" + host.host() + ":" + host.port() + "/gaps/here"))
                    .ifPresent(answer -> answer.path(topic)
                            .properties()
                            .forEach(partition ->
                                    gaps.put(Integer.valueOf(partition.getKey()), byNumber(partition.getValue()))));
        }
        return gaps;
    }

    /// Whether an instance has a turn open, at the address where it tells of it.
    boolean hasOpenTurn(URI address) {
        return ask(address).isPresent();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private static SortedMap<String, Duration> byNumber(JsonNode answer) {
        SortedMap<String, Duration> byNumber = new TreeMap<>();
        answer.properties()
                .forEach(gap ->
                        byNumber.put(gap.getKey(), Duration.parse(gap.getValue().asText())));
        return byNumber;
    }

    private Optional<JsonNode> ask(URI address) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + tokens.tokens().getFirst())
                .build();
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return response.statusCode() == 200 ? Optional.of(Json.tree(response.body())) : Optional.empty();
        } catch (IOException | UnreadableJson | DateTimeException e) {
            log.atWarn()
                    .addKeyValue("instance", address.getAuthority())
                    .addKeyValue("error", e.getClass().getSimpleName())
                    .log("Another instance does not answer");
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
