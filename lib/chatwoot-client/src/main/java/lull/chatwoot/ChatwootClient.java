package lull.chatwoot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.http.CallFailure;
import lull.runtime.http.CallSettings;
import lull.runtime.http.MultipartForm;
import lull.runtime.http.RetryAfter;
import lull.runtime.settings.DestinationSettings;
import lull.runtime.settings.Settings;
import org.jspecify.annotations.Nullable;

/// Client of one API-channel inbox of Chatwoot: contacts and conversations by the public API, which
/// finds a contact by our own id of it, and messages by the application API, which alone can give them
/// such an id. Each call blocks for at most the timeout and is made once. Safe for several threads. See
/// developers.chatwoot.com.
public final class ChatwootClient {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    /// Maximum number of pages of messages that are read to find what is there already; each has 20.
    private static final int MOST_PAGES = 20;

    /// The list of a contact's conversations has messages, too.
    private static final int MOST_LIST_BYTES = 16 * 1024 * 1024;

    private final String name;
    private final Options options;
    private final BoundedHttpClient http;
    private final InstantSource clock;

    /// Where the inbox is, and how it is called.
    ///
    /// @param url Chatwoot's own address
    /// @param account number of the account
    /// @param inbox identifier of the inbox
    /// @param token of a user or bot that may write in it; asked by several threads
    /// @param timeout of a call
    /// @param transferTimeout of a call with a file
    /// @param maxAnswerBytes of an answer
    public record Options(
            URI url,
            int account,
            String inbox,
            Supplier<Optional<String>> token,
            Duration timeout,
            Duration transferTimeout,
            int maxAnswerBytes) {

        /// Returns those of a destination, which has an address and an inbox.
        public static Options of(Settings settings, String destination, Duration timeout, int maxAnswerBytes) {
            return new Options(
                    settings.get(DestinationSettings.url(destination)).orElseThrow(),
                    settings.get(ChatwootSettings.account(destination)),
                    settings.get(ChatwootSettings.inbox(destination)).orElseThrow(),
                    settings.live(ChatwootSettings.token(destination)),
                    timeout,
                    settings.get(CallSettings.TRANSFER_TIMEOUT),
                    maxAnswerBytes);
        }

        @Override
        public String toString() {
            return "Options[" + url + ", account " + account + "]";
        }
    }

    /// Message of a customer, to be written once.
    ///
    /// @param sourceId our id of it
    /// @param answered our id of the message that it answers; absent if none
    public record Incoming(
            String sourceId, String text, @Nullable String answered) {}

    /// A file that a message has.
    public record Attached(Path file, String mimeType, String name) {}

    /// @param name of the destination, for errors
    /// @param http which the caller closes
    public ChatwootClient(String name, Options options, BoundedHttpClient http, InstantSource clock) {
        this.name = name;
        this.options = options;
        this.http = http;
        this.clock = clock;
    }

    /// Returns the conversations of a contact, latest first; empty if there is no such contact.
    public Optional<List<ChatwootConversation>> conversations(String source)
            throws ChatwootFailed, InterruptedException {
        HttpResponse<byte[]> answer = send(
                get(publicPath("/contacts/" + encoded(source) + "/conversations")), options.timeout, MOST_LIST_BYTES);
        if (answer.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        List<ChatwootConversation> found = new ArrayList<>();
        for (JsonNode each : tree(answer)) {
            found.add(conversation(each));
        }
        found.sort((one, other) -> Long.compare(other.number(), one.number()));
        return Optional.of(found);
    }

    /// Creates a contact, or completes the one that has this id or phone number.
    ///
    /// @param phone in digits; absent if not known
    /// @param attributes shown to agents
    public void createContact(String source, String shownName, @Nullable String phone, Map<String, String> attributes)
            throws ChatwootFailed, InterruptedException {
        ObjectNode contact = Json.object().put("source_id", source).put("name", shownName);
        if (phone != null) {
            contact.put("phone_number", "+" + phone);
        }
        contact.set("custom_attributes", attributes(attributes));
        tree(send(post(publicPath("/contacts"), contact)));
    }

    /// Creates a conversation of a contact; where the inbox has only one for each contact, Chatwoot
    /// returns that.
    public ChatwootConversation createConversation(String source, Map<String, String> attributes)
            throws ChatwootFailed, InterruptedException {
        ObjectNode conversation = Json.object();
        conversation.set("custom_attributes", attributes(attributes));
        return conversation(
                tree(send(post(publicPath("/contacts/" + encoded(source) + "/conversations"), conversation))));
    }

    /// Returns which messages with our ids a conversation has, with Chatwoot's numbers of them, back to
    /// a time.
    public Set<String> messagesSince(long conversation, Instant since) throws ChatwootFailed, InterruptedException {
        Set<String> found = new HashSet<>();
        long before = Long.MAX_VALUE;
        for (int page = 0; page < MOST_PAGES; page++) {
            String path = messages(conversation) + (before == Long.MAX_VALUE ? "" : "?before=" + before);
            JsonNode messages = tree(send(get(path))).path("payload");
            boolean reached = messages.isEmpty();
            for (JsonNode message : messages) {
                long number = message.path("id").asLong();
                before = Math.min(before, number);
                reached |= message.path("created_at").asLong() < since.getEpochSecond();
                String source = message.path("source_id").asText("");
                if (!source.isEmpty()) {
                    found.add(source);
                }
            }
            if (reached) {
                break;
            }
        }
        return found;
    }

    /// Writes a message of the customer.
    public void write(long conversation, Incoming message) throws ChatwootFailed, InterruptedException {
        ObjectNode body = Json.object()
                .put("content", message.text())
                .put("message_type", "incoming")
                .put("private", false)
                .put("source_id", message.sourceId());
        if (message.answered() != null) {
            body.putObject("content_attributes").put("in_reply_to_external_id", message.answered());
        }
        tree(send(post(messages(conversation), body)));
    }

    /// Writes a message of the customer that has a file.
    public void write(long conversation, Incoming message, Attached attached)
            throws ChatwootFailed, InterruptedException, IOException {
        MultipartForm form = new MultipartForm()
                .text("content", message.text())
                .text("message_type", "incoming")
                .text("private", "false")
                .text("source_id", message.sourceId());
        if (message.answered() != null) {
            form.text("content_attributes[in_reply_to_external_id]", message.answered());
        }
        form.file("attachments[]", BodyPublishers.ofFile(attached.file()), attached.mimeType(), attached.name());
        HttpRequest request = request(messages(conversation))
                .header("Content-Type", form.contentType())
                .POST(form.body())
                .build();
        tree(send(request, options.transferTimeout, options.maxAnswerBytes));
    }

    /// Shows what became of an agent's message.
    ///
    /// @param status `sent`, `delivered`, `read` or `failed`
    /// @param error shown to the agent; absent unless it failed
    public void show(long conversation, long message, String status, @Nullable String error)
            throws ChatwootFailed, InterruptedException {
        ObjectNode body = Json.object().put("status", status);
        if (error != null) {
            body.put("external_error", error);
        }
        tree(send(request(messages(conversation) + "/" + message)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofByteArray(Json.bytes(body)))
                .build()));
    }

    /// Asks whether the inbox exists and the token is accepted, and changes nothing.
    public void check() throws ChatwootFailed, InterruptedException {
        tree(send(get(publicPath(""))));
        tree(send(get(accountPath("/conversations?page=1"))));
    }

    private String messages(long conversation) {
        return accountPath("/conversations/" + conversation + "/messages");
    }

    private String accountPath(String path) {
        return "/api/v1/accounts/" + options.account + path;
    }

    private String publicPath(String path) {
        return "/public/api/v1/inboxes/" + encoded(options.inbox) + path;
    }

    private HttpRequest get(String path) throws ChatwootFailed {
        return request(path).GET().build();
    }

    private HttpRequest post(String path, ObjectNode body) throws ChatwootFailed {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.bytes(body)))
                .build();
    }

    private HttpRequest.Builder request(String path) throws ChatwootFailed {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(path)).header("User-Agent", "Lull");
        if (path.startsWith("/api/")) {
            request.header(
                    "api_access_token",
                    options.token
                            .get()
                            .orElseThrow(() -> failed(new ChatwootError.Misconfigured(
                                    "Destination " + name + " has no token for Chatwoot"))));
        }
        return request;
    }

    private URI address(String path) {
        String base = options.url.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws ChatwootFailed, InterruptedException {
        return send(request, options.timeout, options.maxAnswerBytes);
    }

    private HttpResponse<byte[]> send(HttpRequest request, Duration timeout, int maxBytes)
            throws ChatwootFailed, InterruptedException {
        try {
            return http.send(request, timeout, maxBytes);
        } catch (BoundedHttpClient.TooLarge e) {
            throw failed(new ChatwootError.Misconfigured(
                    "Destination " + name + " answers more than " + maxBytes + " bytes"));
        } catch (IOException e) {
            CallFailure failure = CallFailure.ofDestination(name, e, timeout);
            throw failed(
                    failure.needsOperator()
                            ? new ChatwootError.Misconfigured(failure.reason())
                            : new ChatwootError.Retry(Duration.ZERO, failure.reason()));
        }
    }

    private JsonNode tree(HttpResponse<byte[]> answer) throws ChatwootFailed {
        int status = answer.statusCode();
        if (status < 200 || status >= 300) {
            throw failed(error(answer, status));
        }
        try {
            return answer.body().length == 0 ? Json.object() : Json.tree(answer.body());
        } catch (UnreadableJson e) {
            throw failed(new ChatwootError.Retry(Duration.ZERO, "Destination " + name + " answers no JSON"));
        }
    }

    private ChatwootError error(HttpResponse<byte[]> answer, int status) {
        String reason = "Destination " + name + " answers " + status;
        return switch (status) {
            case UNAUTHORIZED, FORBIDDEN ->
                new ChatwootError.Misconfigured(reason + ": its token is not accepted, or may not do this");
            case NOT_FOUND ->
                new ChatwootError.Misconfigured(reason + ": there is no such account, inbox or conversation");
            case 408, 425, 429 -> new ChatwootError.Retry(RetryAfter.of(answer.headers(), clock.instant()), reason);
            // Its limit of messages a minute in a conversation has the status of an invalid message.
            case 422 ->
                text(answer).contains("Too many messages")
                        ? new ChatwootError.Retry(Duration.ofSeconds(20), reason + ": too many messages")
                        : new ChatwootError.Refused(reason);
            case 400, 413, 415 -> new ChatwootError.Refused(reason);
            default ->
                status >= 500
                        ? new ChatwootError.Retry(RetryAfter.of(answer.headers(), clock.instant()), reason)
                        : new ChatwootError.Misconfigured(reason);
        };
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private ChatwootConversation conversation(JsonNode tree) throws ChatwootFailed {
        long number = tree.path("id").asLong();
        if (number <= 0) {
            throw failed(
                    new ChatwootError.Retry(Duration.ZERO, "Destination " + name + " answers without a conversation"));
        }
        return new ChatwootConversation(number, tree.path("status").asText("").equals("resolved"));
    }

    private static ObjectNode attributes(Map<String, String> attributes) {
        ObjectNode object = Json.object();
        attributes.forEach(object::put);
        return object;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static ChatwootFailed failed(ChatwootError error) {
        return new ChatwootFailed(error);
    }
}
