package lull.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.BearerTokens;
import lull.runtime.http.BoundedHttpClient;

/// HTTP client of Meta's Graph API: builds requests with the version and the access token of a business
/// number, limits the size of each response, and reads errors. A process has one, which all users
/// share; its owner closes it. It never retries. Safe for several threads.
public final class GraphClient implements AutoCloseable {

    private final Options options;
    private final BoundedHttpClient http;

    /// Location of the Graph API, and how it is called.
    ///
    /// @param callTimeout of a whole call
    public record Options(URI endpoint, GraphAccess access, Duration connectTimeout, Duration callTimeout) {}

    /// A request that is ready to send.
    @FunctionalInterface
    interface Call {
        GraphAnswer send() throws InterruptedException;
    }

    /// Creates a client with its own connections.
    public GraphClient(Options options) {
        this.options = options;
        this.http = new BoundedHttpClient(options.connectTimeout());
    }

    @Override
    public void close() {
        http.close();
    }

    /// The address of the Graph API.
    public URI endpoint() {
        return options.endpoint();
    }

    /// The setting with the access token of a business number.
    public String tokenSetting(String businessNumber) {
        return options.access().of(businessNumber).setting();
    }

    /// Prepares a call that posts JSON to an edge of a business number, such as `messages`.
    Call post(String businessNumber, String edge, ObjectNode body) {
        return post(
                businessNumber,
                edge,
                "application/json",
                BodyPublishers.ofByteArray(Json.bytes(body)),
                options.callTimeout());
    }

    /// Prepares a call that posts any body.
    ///
    /// @param timeout of the whole call
    Call post(String businessNumber, String edge, String contentType, BodyPublisher body, Duration timeout) {
        URI address = address(businessNumber, encoded(businessNumber) + "/" + edge);
        return call(
                businessNumber,
                HttpRequest.newBuilder(address)
                        .header("Content-Type", contentType)
                        .POST(body),
                timeout);
    }

    /// Reads fields of a business number.
    ///
    /// @param fields separated by commas
    GraphAnswer number(String businessNumber, String fields) throws InterruptedException {
        return get(businessNumber, encoded(businessNumber) + "?fields=" + fields);
    }

    /// Looks up a file that was sent to a business number.
    GraphAnswer media(String businessNumber, String mediaId) throws InterruptedException {
        return get(businessNumber, encoded(mediaId) + "?phone_number_id=" + encoded(businessNumber));
    }

    /// Downloads a file with the access token of a business number. The body of the answer is always
    /// missing.
    ///
    /// @param address where the token may be sent to, see [TokenHosts]
    /// @param timeout of the whole download
    public GraphAnswer download(String businessNumber, URI address, Duration timeout, long maxBytes, Path into)
            throws InterruptedException {
        return prepare(businessNumber, HttpRequest.newBuilder(address), request -> {
                    int status = http.download(request, timeout, maxBytes, into).statusCode();
                    return answer(status, MissingNode.getInstance());
                })
                .send();
    }

    /// Sends any request, with the token and the version of a business number.
    public GraphAnswer send(String businessNumber, GraphRequest request) throws InterruptedException {
        String path = request.path() + request.queryText();
        HttpRequest.Builder ready = HttpRequest.newBuilder(
                request.host().isEmpty()
                        ? address(businessNumber, path)
                        : URI.create(request.host().get() + "/" + version(businessNumber) + "/" + path));
        request.headers().forEach(ready::header);
        return call(
                        businessNumber,
                        ready.method(request.method(), request.body()),
                        request.timeout().orElse(options.callTimeout()))
                .send();
    }

    /// The version of the Graph API that is called for a business number, such as `v23.0`.
    public String version(String businessNumber) {
        return options.access().of(businessNumber).version();
    }

    private GraphAnswer get(String businessNumber, String path) throws InterruptedException {
        return call(businessNumber, HttpRequest.newBuilder(address(businessNumber, path)), options.callTimeout())
                .send();
    }

    private Call call(String businessNumber, HttpRequest.Builder request, Duration timeout) {
        return prepare(businessNumber, request, ready -> {
            HttpResponse<byte[]> response = http.send(ready, timeout, BoundedHttpClient.JSON_BYTES);
            return answer(response.statusCode(), tree(response.body()));
        });
    }

    /// Sends a request and reads its response.
    @FunctionalInterface
    private interface Exchange {
        GraphAnswer send(HttpRequest request) throws IOException, InterruptedException;
    }

    private Call prepare(String businessNumber, HttpRequest.Builder request, Exchange exchange) {
        GraphAccess.Credential credential = options.access().of(businessNumber);
        Optional<String> token = credential.token().get().filter(BearerTokens::isToken);
        if (token.isEmpty()) {
            return () -> new GraphAnswer.Failed(new GraphError.NoToken(businessNumber, credential.setting()));
        }
        HttpRequest ready = request.header("Authorization", BearerTokens.header(token.get()))
                .header("User-Agent", "Lull")
                .build();
        return () -> {
            try {
                return exchange.send(ready);
            } catch (ConnectException | HttpConnectTimeoutException e) {
                return new GraphAnswer.Failed(new GraphError.NotConnected(e));
            } catch (IOException e) {
                return new GraphAnswer.Failed(new GraphError.NoResponse(e));
            }
        };
    }

    private URI address(String businessNumber, String path) {
        String base = options.endpoint().toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/"
                + options.access().of(businessNumber).version() + "/" + path);
    }

    private static GraphAnswer answer(int status, JsonNode body) {
        return status / 100 == 2
                ? new GraphAnswer.Ok(status, body)
                : new GraphAnswer.Failed(new GraphError.Rejected(status, body));
    }

    private static JsonNode tree(byte[] body) {
        try {
            return Json.tree(body);
        } catch (UnreadableJson e) {
            return MissingNode.getInstance();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
