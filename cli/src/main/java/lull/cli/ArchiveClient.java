package lull.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import lull.archive.ArchiveSettings;
import lull.contract.VisibleLine;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Client of the archive's API, used by commands.
final class ArchiveClient {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration LONG_LIMIT = Duration.ofMinutes(15);
    private static final int MAX_ANSWER_BYTES = 64 * 1024 * 1024;

    @Option(
            names = "--url",
            paramLabel = "URL",
            converter = HttpAddress.class,
            defaultValue = "http://localhost:8084",
            description = "The archive. Default: ${DEFAULT-VALUE}")
    private URI url = URI.create("http://localhost");

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "One of archive.tokens. Default: the first of LULL_ARCHIVE_TOKENS, or of the file in"
                    + " LULL_ARCHIVE_TOKENS_FILE, else that of `lull local`.")
    private @Nullable String token;

    @Option(
            names = "--plain",
            description = "Send the token without TLS, even to another machine. Anyone on the network between can"
                    + " read it.")
    private boolean isPlain;

    @Option(names = "--json", description = "Print JSON.")
    private boolean isJson;

    @Mixin
    private final TlsClient tls = new TlsClient();

    /// Part of a command that prints an answer for people.
    @FunctionalInterface
    interface Printer {
        void print(JsonNode answer, PrintWriter out);
    }

    /// Prints the answer for a path: as it is, or for people.
    ///
    /// @param parameters of the address; empty ones are left out
    void print(String path, Map<String, String> parameters, PrintWriter out, Printer printer)
            throws InterruptedException, UnreadableJson {
        show(send(request(path, parameters).GET()), out, printer);
    }

    /// Returns the answer for a path.
    ///
    /// @param parameters of the address; empty ones are left out
    JsonNode get(String path, Map<String, String> parameters) throws InterruptedException, UnreadableJson {
        return Json.tree(send(request(path, parameters).GET()));
    }

    /// Changes something, and prints the answer.
    void change(String method, String path, Map<String, String> parameters, PrintWriter out, Printer printer)
            throws InterruptedException, UnreadableJson {
        show(send(request(path, parameters).method(method, HttpRequest.BodyPublishers.noBody())), out, printer);
    }

    /// Sends a JSON object, and returns the answer.
    JsonNode post(String path, Map<String, ?> body) throws InterruptedException, UnreadableJson {
        return Json.tree(call(LONG_LIMIT)
                .send(request(path, Map.of())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))));
    }

    /// Whether the caller wants JSON.
    boolean isJson() {
        return isJson;
    }

    private void show(byte[] answer, PrintWriter out, Printer printer) throws UnreadableJson {
        if (isJson) {
            out.println(new String(answer, StandardCharsets.UTF_8));
        } else {
            printer.print(Json.tree(answer), out);
        }
        out.flush();
    }

    /// Prints how to get the next page, if there is one.
    static void printNext(JsonNode page, PrintWriter out) {
        String next = page.path("next").asText("");
        if (!next.isEmpty()) {
            out.println("More: --after " + next);
        }
    }

    /// Returns a member of an answer as one line without control characters; empty if it is absent.
    static String text(JsonNode answer, String member) {
        return VisibleLine.of(answer.path(member).asText(""));
    }

    /// Returns a text as a part of a path.
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// Returns an option as a parameter; empty if it was not given.
    static String parameter(@Nullable Object option) {
        return option == null ? "" : option.toString();
    }

    private HttpRequest.Builder request(String path, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return call().request(query.isEmpty() ? path : path + "?" + query);
    }

    private byte[] send(HttpRequest.Builder request) throws InterruptedException {
        return call().send(request);
    }

    private ServiceCall call() {
        return call(LIMIT);
    }

    private ServiceCall call(Duration limit) {
        return new ServiceCall("archive", url, token(), isPlain, tls, limit, MAX_ANSWER_BYTES);
    }

    private String token() {
        return ServiceTokens.of(token, ArchiveSettings.TOKENS, System.getenv(), "local-archive");
    }
}
