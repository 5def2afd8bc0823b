package lull.cli;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import lull.aggregator.operator.OperatorSettings;
import lull.contract.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Client for any instance of the aggregator, used by commands.
final class AggregatorClient {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;

    @Option(
            names = "--url",
            paramLabel = "URL",
            converter = HttpAddress.class,
            defaultValue = "http://localhost:8082",
            description = "Any instance of the aggregator. Default: ${DEFAULT-VALUE}")
    private URI url = URI.create("http://localhost");

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "One of aggregator.tokens. Default: the first of LULL_AGGREGATOR_TOKENS, or of the file in"
                    + " LULL_AGGREGATOR_TOKENS_FILE, else that of `lull local`.")
    private @Nullable String token;

    @Option(
            names = "--plain",
            description = "Send the token without TLS, even to another machine. Anyone on the network between can"
                    + " read it.")
    private boolean isPlain;

    @Mixin
    private final TlsClient tls = new TlsClient();

    /// Returns the answer for a path. Throws [CannotStart] with the aggregator's own message if it
    /// reports an error.
    byte[] get(String path) throws InterruptedException {
        return send(request(path).GET());
    }

    byte[] put(String path, Object body) throws InterruptedException {
        return putBytes(path, Json.bytes(body));
    }

    byte[] putBytes(String path, byte[] body) throws InterruptedException {
        return send(request(path).PUT(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    byte[] delete(String path) throws InterruptedException {
        return send(request(path).DELETE());
    }

    private HttpRequest.Builder request(String path) {
        return call().request(path);
    }

    private byte[] send(HttpRequest.Builder request) throws InterruptedException {
        return call().send(request);
    }

    private ServiceCall call() {
        return new ServiceCall("aggregator", url, token(), isPlain, tls, LIMIT, MAX_ANSWER_BYTES);
    }

    private String token() {
        return ServiceTokens.of(token, OperatorSettings.TOKENS, System.getenv(), "local-operator");
    }
}
