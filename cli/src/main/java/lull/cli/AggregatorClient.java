package lull.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.BearerTokens;
import lull.runtime.CannotStart;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.http.LocalHost;
import lull.runtime.settings.Setting;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Client for any instance of the aggregator, used by commands.
final class AggregatorClient {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
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
            defaultValue = "${env:LULL_AGGREGATOR_TOKENS:-local-operator}",
            description = "One of aggregator.tokens. Default: the first of LULL_AGGREGATOR_TOKENS, else that of"
                    + " `lull local`.",
            showDefaultValue = Help.Visibility.NEVER)
    private String token = "";

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
        String first = Setting.words(token).stream().findFirst().orElse("");
        if (!BearerTokens.isToken(first)) {
            throw new CannotStart(
                    "The token must be one line of visible ASCII characters without blanks: set --token or"
                            + " LULL_AGGREGATOR_TOKENS");
        }
        return HttpRequest.newBuilder(url.resolve(path)).header("Authorization", "Bearer " + first);
    }

    private byte[] send(HttpRequest.Builder request) throws InterruptedException {
        if (!isPlain && !"https".equals(url.getScheme()) && !LocalHost.isAt(url)) {
            throw new CannotStart("The token is not sent to " + url + " without TLS, because anyone on the network"
                    + " between could read it: use https, run the command on that machine, or use --plain in a"
                    + " network that nobody else can read");
        }
        try (BoundedHttpClient client = tls.client(CONNECT_LIMIT)) {
            HttpResponse<byte[]> response = client.send(request.build(), LIMIT, MAX_ANSWER_BYTES);
            if (response.statusCode() != 200) {
                throw new CannotStart(error(response));
            }
            return response.body();
        } catch (ConnectException | HttpTimeoutException e) {
            throw new CannotStart("No aggregator answers at " + url + ": give the address of one with --url", e);
        } catch (SSLException e) {
            throw new CannotStart(TlsClient.problem(url, e), e);
        } catch (IOException e) {
            throw new CannotStart(
                    "The answer of " + url + " did not arrive, or is none of an aggregator ("
                            + e.getClass().getSimpleName() + "): give the address of one with --url, with https if"
                            + " aggregator.tls.keystore is set",
                    e);
        }
    }

    private static String error(HttpResponse<byte[]> response) {
        try {
            String told = Json.tree(response.body()).path("error").asText();
            return told.isEmpty() ? "The aggregator answered " + response.statusCode() : told;
        } catch (UnreadableJson e) {
            return "The aggregator answered " + response.statusCode();
        }
    }
}
