package lull.console.sources;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.BearerTokens;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.http.LocalHost;
import org.jspecify.annotations.Nullable;

/// Client of the HTTP API of another process of Lull, with a token. Every call ends within the limit. Safe for
/// several threads.
public final class SourceClient {

    private static final Set<Integer> DONE = Set.of(HttpURLConnection.HTTP_OK, HttpURLConnection.HTTP_ACCEPTED);
    private static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;
    private static final long MAX_FILE_BYTES = 100L << 20;
    private static final Duration DOWNLOAD_LIMIT = Duration.ofMinutes(1);

    private final Target target;
    private final BoundedHttpClient client;
    private final Duration limit;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Instant> silentSince = new AtomicReference<>();

    /// The API that a client calls.
    ///
    /// @param name of the process, such as `archive`
    /// @param setting that has its address
    /// @param url empty: none is configured
    /// @param token empty: none is configured
    /// @param isPlain whether the token may be sent to another machine without TLS
    public record Target(String name, String setting, Optional<URI> url, Optional<String> token, boolean isPlain) {

        @Override
        public String toString() {
            return "Target[" + name + "]";
        }
    }

    /// @param client stays open when this client is no longer used
    public SourceClient(Target target, BoundedHttpClient client, Duration limit, InstantSource clock) {
        this.target = target;
        this.client = client;
        this.limit = limit;
        this.clock = clock;
    }

    /// Whether the address and the token are configured.
    public boolean isConfigured() {
        return target.url().isPresent() && target.token().isPresent();
    }

    /// Returns why nothing can be asked for, in a sentence with what to set; empty if it can.
    public Optional<String> problem() {
        return obstacle().map(Answer.Unknown::reason);
    }

    /// Asks for something.
    ///
    /// @param parameters of the address; empty ones are omitted
    public Answer get(String path, Map<String, String> parameters) throws InterruptedException {
        return call("GET", path, parameters, Map.of(), BodyPublishers.noBody());
    }

    /// Changes something, with a body in JSON.
    public Answer put(String path, Object body) throws InterruptedException {
        return call("PUT", path, Map.of(), Map.of(), BodyPublishers.ofByteArray(Json.bytes(body)));
    }

    /// Asks for something that is done once for each key, also if it is asked for again.
    public Answer post(String path, String idempotencyKey, Object body) throws InterruptedException {
        return call(
                "POST",
                path,
                Map.of(),
                Map.of("Idempotency-Key", idempotencyKey, "Content-Type", "application/json"),
                BodyPublishers.ofByteArray(Json.bytes(body)));
    }

    /// Changes something, without a body.
    ///
    /// @param method such as `PUT` or `DELETE`
    public Answer change(String method, String path, Map<String, String> parameters) throws InterruptedException {
        return call(method, path, parameters, Map.of(), BodyPublishers.noBody());
    }

    /// Downloads a file, at most of the size that WhatsApp transports.
    ///
    /// @param parameters of the address; empty ones are omitted
    /// @param into a file that is overwritten; the caller deletes it
    public Downloaded download(String path, Map<String, String> parameters, Path into) throws InterruptedException {
        Optional<Answer.Unknown> obstacle = obstacle();
        if (obstacle.isPresent()) {
            return new Downloaded.Failed(503, obstacle.get().reason());
        }
        try {
            HttpResponse<Path> response = client.download(
                    request("GET", path, parameters, Map.of(), BodyPublishers.noBody()),
                    DOWNLOAD_LIMIT,
                    MAX_FILE_BYTES,
                    into);
            return response.statusCode() == 200
                    ? new Downloaded.Done(
                            response.headers().firstValue("Content-Type").orElse("application/octet-stream"),
                            response.headers().firstValue("Content-Disposition").orElse("attachment"))
                    : new Downloaded.Failed(
                            response.statusCode() == 404 ? 404 : 503,
                            response.statusCode() == 404
                                    ? "No message of this conversation has the file, or it is not kept any more."
                                    : "The " + target.name() + " cannot open the file: it answered "
                                            + response.statusCode() + ".");
        } catch (IOException e) {
            return new Downloaded.Failed(
                    503,
                    "The file could not be downloaded from the " + target.name() + " ("
                            + e.getClass().getSimpleName() + "): try again.");
        }
    }

    /// Returns a text as a part of a path.
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Answer call(
            String method,
            String path,
            Map<String, String> parameters,
            Map<String, String> headers,
            HttpRequest.BodyPublisher body)
            throws InterruptedException {
        Optional<Answer.Unknown> obstacle = obstacle();
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        URI url = target.url().orElseThrow();
        try {
            HttpResponse<byte[]> response =
                    client.send(request(method, path, parameters, headers, body), limit, MAX_ANSWER_BYTES);
            silentSince.set(null);
            return read(response);
        } catch (IOException e) {
            Instant since = silentSince.updateAndGet(known -> known == null ? clock.instant() : known);
            return new Answer.Unknown("The " + target.name() + " at " + url.getAuthority() + " does not answer ("
                    + e.getClass().getSimpleName() + ", since " + since + "): check that it runs, and "
                    + target.setting() + ".url");
        }
    }

    /// Returns why the process cannot be called with the settings; empty if it can.
    private Optional<Answer.Unknown> obstacle() {
        if (!isConfigured()) {
            return Optional.of(new Answer.Unknown("The console does not know the " + target.name() + ": set "
                    + target.setting() + ".url and " + target.setting() + ".token"));
        }
        URI url = target.url().orElseThrow();
        if (!target.isPlain() && !LocalHost.isSecure(url)) {
            return Optional.of(new Answer.Unknown("The token of the " + target.name() + " is not sent to "
                    + url.getAuthority()
                    + " without TLS: use https, or set console.sources.plain in a network that nobody else can read"));
        }
        return Optional.empty();
    }

    private HttpRequest request(
            String method,
            String path,
            Map<String, String> parameters,
            Map<String, String> headers,
            HttpRequest.BodyPublisher body) {
        String query = parameters.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target.url().orElseThrow().resolve(query.isEmpty() ? path : path + "?" + query));
        headers.forEach(request::header);
        return request.header(
                        "Authorization", BearerTokens.header(target.token().orElseThrow()))
                .method(method, body)
                .build();
    }

    private Answer read(HttpResponse<byte[]> response) {
        try {
            return DONE.contains(response.statusCode())
                    ? new Answer.Known(Json.tree(response.body()))
                    : refused(response);
        } catch (UnreadableJson e) {
            return new Answer.Unknown("The answer of the " + target.name() + " is not what the console expects: check "
                    + target.setting() + ".url, and the versions of both");
        }
    }

    private Answer refused(HttpResponse<byte[]> response) throws UnreadableJson {
        if (response.statusCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
            return new Answer.Refused(
                    response.statusCode(),
                    "The " + target.name() + " does not accept " + target.setting() + ".token: correct it",
                    List.of());
        }
        JsonNode body = Json.tree(response.body());
        String reason = body.path("error").asText();
        List<String> problems = new ArrayList<>();
        body.path("problems").forEach(problem -> problems.add(problem.asText()));
        return new Answer.Refused(
                response.statusCode(),
                reason.isEmpty() ? "The " + target.name() + " answered " + response.statusCode() : reason,
                problems);
    }
}
