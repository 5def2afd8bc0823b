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
    /// number.
    Map<Integer, SortedMap<String, Duration>> gaps(String topic, Collection<HostInfo> hosts) {
        Map<Integer, SortedMap<String, Duration>> gaps = new TreeMap<>();
        for (HostInfo host : hosts) {
            URI address = URI.create("http://" + authority(host) + "/gaps/here");
            try {
                Optional<JsonNode> answer = ask(address)
                        .filter(response -> response.statusCode() == 200)
                        .map(HttpResponse::body)
                        .flatMap(body -> read(address, body));
                Map<Integer, SortedMap<String, Duration>> there = new TreeMap<>();
                answer.ifPresent(tree -> tree.path(topic)
                        .properties()
                        .forEach(partition ->
                                there.put(Integer.valueOf(partition.getKey()), byNumber(partition.getValue()))));
                gaps.putAll(there);
            } catch (DateTimeException | NumberFormatException e) {
                silent(address, "an answer that is not understood");
            }
        }
        return gaps;
    }

    /// Whether an instance has a turn open, at the address where it tells of it.
    Known hasOpenTurn(URI address) {
        return switch (ask(address).map(HttpResponse::statusCode).orElse(0)) {
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

    private static Optional<JsonNode> read(URI address, byte[] body) {
        try {
            return Optional.of(Json.tree(body));
        } catch (UnreadableJson e) {
            silent(address, "an answer that is not understood");
            return Optional.empty();
        }
    }

    private Optional<HttpResponse<byte[]>> ask(URI address) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + tokens.tokens().getFirst())
                .build();
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200 && response.statusCode() != 404) {
                silent(address, "status " + response.statusCode());
            }
            return Optional.of(response);
        } catch (IOException e) {
            silent(address, e.getClass().getSimpleName());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static void silent(URI address, String why) {
        log.atWarn()
                .addKeyValue("instance", address.getAuthority())
                .addKeyValue("error", why)
                .log("Another instance does not answer");
    }
}
