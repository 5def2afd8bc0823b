package lull.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import lull.cli.campaign.CampaignFile.Row;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.CannotStart;
import lull.runtime.http.BoundedHttpClient;

/// The routes of the ingress that a campaign uses. For one thread.
final class ConversationsClient implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /// Answers after which the same request may be accepted later.
    private static final Set<Integer> RETRIED =
            Set.of(HttpURLConnection.HTTP_CLIENT_TIMEOUT, 425, 429, 500, 502, 503, 504);

    private final RepliesAccess access;
    private final BoundedHttpClient client;

    /// What the ingress says to a request.
    sealed interface Asked {
        /// It is on the topic.
        record Accepted(String replyId) implements Asked {}

        /// It is never accepted.
        record Rejected(String reason) implements Asked {}

        /// It may be accepted later; it is unknown whether it was.
        record Retry(String reason) implements Asked {}
    }

    ConversationsClient(RepliesAccess access) {
        this.access = access;
        this.client = access.client();
    }

    /// Asks for the template to a customer. Asking twice with the same key is asking once.
    Asked ask(Row row, String key) throws InterruptedException {
        try {
            HttpResponse<byte[]> answer = client.send(
                    access.request("/conversations")
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", key)
                            .POST(BodyPublishers.ofString(row.request()))
                            .build(),
                    LIMIT,
                    BoundedHttpClient.JSON_BYTES);
            return switch (answer.statusCode()) {
                case HttpURLConnection.HTTP_ACCEPTED ->
                    new Asked.Accepted(tree(answer).path("id").asText(row.replyId()));
                case HttpURLConnection.HTTP_BAD_REQUEST -> new Asked.Rejected(error(answer));
                case HttpURLConnection.HTTP_CONFLICT ->
                    new Asked.Rejected(
                            "This customer has a template of this campaign already, with other words or another"
                                    + " template: nothing was sent again");
                default -> retry(answer);
            };
        } catch (IOException e) {
            return new Asked.Retry(
                    "no answer of " + access.url() + " (" + e.getClass().getSimpleName() + ")");
        }
    }

    private Asked retry(HttpResponse<byte[]> answer) {
        if (RETRIED.contains(answer.statusCode())) {
            return new Asked.Retry(error(answer));
        }
        throw new CannotStart(error(answer));
    }

    /// Returns what is known of a reply, an object without members if the ingress does not know it;
    /// empty if it cannot say so now.
    Optional<JsonNode> status(String replyId) throws InterruptedException {
        try {
            HttpResponse<byte[]> answer = client.send(
                    access.request("/replies/" + replyId).GET().build(), LIMIT, BoundedHttpClient.JSON_BYTES);
            return switch (answer.statusCode()) {
                case HttpURLConnection.HTTP_OK -> Optional.of(tree(answer));
                case HttpURLConnection.HTTP_NOT_FOUND -> Optional.of(Json.object());
                default -> Optional.empty();
            };
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static JsonNode tree(HttpResponse<byte[]> answer) throws IOException {
        try {
            return Json.tree(answer.body());
        } catch (UnreadableJson e) {
            throw new IOException("The answer is not JSON", e);
        }
    }

    private static String error(HttpResponse<byte[]> answer) {
        try {
            JsonNode body = Json.tree(answer.body());
            StringBuilder reason = new StringBuilder(body.path("error").asText("answered " + answer.statusCode()));
            body.path("problems").forEach(problem -> reason.append("; ").append(problem.asText()));
            return reason.toString();
        } catch (UnreadableJson e) {
            return "The ingress answered " + answer.statusCode();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
