package lull.whatsapp;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Request of the Graph API, without version and token.
///
/// @param host instead of the Graph API's own, such as `https://api.facebook.com`
/// @param path after the version, with encoded ids
/// @param query parameters, not encoded
/// @param headers besides those of every call
/// @param timeout of the whole call; empty for the usual one
public record GraphRequest(
        String method,
        Optional<String> host,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        BodyPublisher body,
        Optional<Duration> timeout) {

    public GraphRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /// Returns the query as it ends an address; empty if there are no parameters.
    String queryText() {
        return query.isEmpty()
                ? ""
                : query.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    /// Returns a text as it is written in an address.
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
