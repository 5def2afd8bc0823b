package lull.aggregator;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
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
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.BearerTokens;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
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

    /// What another instance says to a question.
    enum Known {
        YES,
        NO,
        /// It did not answer, or not to that.
        NOT
    }

    /// Where an instance is, as it stands in an address.
    static String authority(HostInfo host) {
        return (host.host().indexOf(':') >= 0 ? "[" + host.host() + "]" : host.host()) + ":" + host.port();
    }

    /// What setting records have set in the partitions of a topic that these instances serve: by partition and business
    /// number. All are asked at once.
    Map<Integer, SortedMap<String, Duration>> gaps(String topic, Collection<HostInfo> hosts) {
        List<CompletableFuture<Map<Integer, SortedMap<String, Duration>>>> asked = hosts.stream()
                .map(host -> URI.create("http://" + authority(host) + "/gaps/here"))
                .map(address -> askLater(address).thenApply(answer -> gaps(topic, address, answer)))
                .toList();
        Map<Integer, SortedMap<String, Duration>> gaps = new TreeMap<>();
        asked.forEach(there -> gaps.putAll(there.join()));
        return gaps;
    }

    private static Map<Integer, SortedMap<String, Duration>> gaps(
            String topic, URI address, Optional<HttpResponse<byte[]>> answer) {
        if (answer.isEmpty() || answer.get().statusCode() != 200) {
            return Map.of();
        }
        Map<Integer, SortedMap<String, Duration>> gaps = new TreeMap<>();
        try {
            Json.tree(answer.get().body())
                    .path(topic)
                    .properties()
                    .forEach(
                            partition -> gaps.put(Integer.valueOf(partition.getKey()), byNumber(partition.getValue())));
            return gaps;
        } catch (UnreadableJson | DateTimeException | NumberFormatException e) {
            silent(address, "an answer that is not understood");
            return Map.of();
        }
    }

    /// Whether an instance has a turn open, at the address where it tells of it.
    Known hasOpenTurn(URI address) {
        return switch (askLater(address).join().map(HttpResponse::statusCode).orElse(0)) {
            case 200 -> Known.YES;
            case 404 -> Known.NO;
            default -> Known.NOT;
        };
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

    private CompletableFuture<Optional<HttpResponse<byte[]>>> askLater(URI address) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + tokens.tokens().getFirst())
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .handle((response, failure) -> answered(address, response, failure));
    }

    private static Optional<HttpResponse<byte[]>> answered(
            URI address, @Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
        if (response == null) {
            silent(address, failure == null ? "nothing" : failure.getClass().getSimpleName());
            return Optional.empty();
        }
        if (response.statusCode() != 200 && response.statusCode() != 404) {
            silent(address, "status " + response.statusCode());
        }
        return Optional.of(response);
    }

    private static void silent(URI address, String why) {
        log.atWarn()
                .addKeyValue("instance", address.getAuthority())
                .addKeyValue("error", why)
                .log("Another instance does not answer");
    }
}
