package lull.standins.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lull.standins.http.ControlRoute;
import lull.standins.http.Fault;
import lull.standins.http.FaultBook;
import lull.standins.http.Json;
import lull.standins.http.StandInServer;

/// API of a language model, as OpenAI's chat completions: it checks key, messages and schema, and
/// answers by the rules of [RuleEngine]. Safe for several threads.
public final class ModelStandIn implements AutoCloseable {

    private static final String PATH = "/v1/chat/completions";
    private static final String TARGET = "completions";
    private static final int MOST_REMEMBERED = 1_000;
    private static final int CHARACTERS_OF_A_TOKEN = 4;
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool");
    private static final Pattern RETRY_AFTER = Pattern.compile("Retry-After: (\\d+)");

    private final String key;
    private final FaultBook faults = new FaultBook(List.of(TARGET));
    private final Deque<ObjectNode> requests = new ArrayDeque<>();
    private final StandInServer server;

    private ModelStandIn(String host, int port, String key) {
        this.key = key;
        List<ControlRoute> control = new ArrayList<>(faults.routes());
        control.add(ControlRoute.get("/_requests", this::list));
        this.server = StandInServer.start(
                host,
                port,
                control,
                routes -> routes.post(PATH, this::handle),
                context -> refuse(context, 404, "not_found", "Completions are posted to " + PATH));
    }

    /// Starts it on an address of this machine.
    ///
    /// @param port 0 for any free one
    /// @param key that callers must have
    public static ModelStandIn start(String host, int port, String key) {
        return new ModelStandIn(host, port, key);
    }

    /// The address of the API, to which clients add `/chat/completions`.
    public URI uri() {
        return server.uri().resolve("/v1");
    }

    private void handle(Context context) {
        if (!("Bearer " + key).equals(context.header("Authorization"))) {
            refuse(context, 401, "invalid_api_key", "Incorrect API key provided");
            return;
        }
        Optional<ObjectNode> request = Json.read(context.bodyAsBytes());
        Optional<String> problem =
                request.isEmpty() ? Optional.of("The body is no JSON object") : problem(request.get());
        if (problem.isPresent()) {
            refuse(context, 400, "invalid_request_error", problem.get());
            return;
        }
        remember(request.get());
        JsonNode turn = turn(request.get());
        Optional<Fault> fault = faults.take(TARGET, turn.toString());
        fault.ifPresent(Fault::pause);
        if (fault.isPresent() && fault.get().status().isPresent()) {
            Matcher wait = RETRY_AFTER.matcher(fault.get().message());
            if (wait.find()) {
                context.header("Retry-After", wait.group(1));
            }
            refuse(context, fault.get().status().get(), fault.get().code(), "Failure requested at the stand-in");
            return;
        }
        ObjectNode completion = completion(request.get(), Json.write(RuleEngine.answer(turn)));
        if (fault.map(Fault::reset).orElse(false)) {
            Json.breakOff(context, 200, completion);
        } else if (fault.map(Fault::hangs).orElse(false)) {
            Json.hang(context, 200, completion);
        } else {
            answer(context, completion, fault.map(Fault::code).orElse(""));
        }
    }

    /// Answers with a completion, or with what goes wrong in one that has the status 200.
    private static void answer(Context context, ObjectNode completion, String mishap) {
        ObjectNode choice = (ObjectNode) completion.path("choices").path(0);
        ObjectNode message = (ObjectNode) choice.path("message");
        switch (mishap) {
            case "html" -> {
                context.status(200).contentType("text/html").result("<html><body>Bad gateway</body></html>");
                return;
            }
            case "no_choices" -> completion.putArray("choices");
            case "refusal" -> message.put("refusal", "I cannot help with that.").putNull("content");
            case "content_filter" -> choice.put("finish_reason", "content_filter");
            case "length" -> {
                choice.put("finish_reason", "length");
                message.put("content", message.path("content").asText().substring(0, 20));
            }
            case "bad_json" -> message.put("content", "Of course! Here is my answer.");
            case "half" -> message.put("content", "{\"shouldRespond\":true,\"content\":\"Hi\"}");
            case "empty" -> message.put("content", "");
            case "fenced" ->
                message.put("content", "```json\n" + message.path("content").asText() + "\n```");
            case "huge" -> message.put("content", "x".repeat(2 << 20));
            default -> {
                // A delay only.
            }
        }
        Json.answer(context, 200, completion);
    }

    private static Optional<String> problem(ObjectNode request) {
        if (request.path("model").asText().isEmpty()) {
            return Optional.of("you must provide a model parameter");
        }
        JsonNode messages = request.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            return Optional.of("'messages' must have an item");
        }
        for (JsonNode message : messages) {
            if (!ROLES.contains(message.path("role").asText())
                    || !message.path("content").isTextual()) {
                return Optional.of("A message has a role and a content");
            }
        }
        JsonNode format = request.path("response_format");
        return switch (format.path("type").asText()) {
            case "json_schema" -> {
                JsonNode schema = format.path("json_schema");
                yield schema.path("name").asText().isEmpty()
                                || !schema.path("strict").booleanValue()
                        ? Optional.of("'response_format.json_schema' must have a name, and be strict")
                        : AnswerSchema.problem(schema.path("schema"));
            }
            case "json_object" ->
                messages.toString().contains("JSON")
                        ? Optional.empty()
                        : Optional.of("'messages' must contain the word 'json' to use 'json_object'");
            default -> Optional.of("This model answers in JSON only");
        };
    }

    /// The turn is in the last message of the user.
    private static JsonNode turn(ObjectNode request) {
        String content = "";
        for (JsonNode message : request.path("messages")) {
            if (message.path("role").asText().equals("user")) {
                content = message.path("content").asText();
            }
        }
        return Json.read(content.getBytes(StandardCharsets.UTF_8)).orElseGet(Json::object);
    }

    private static ObjectNode completion(ObjectNode request, String content) {
        ObjectNode completion = Json.object()
                .put("id", "chatcmpl-standin")
                .put("object", "chat.completion")
                .put("created", 1_767_225_600)
                .put("model", request.path("model").asText() + "-standin");
        ObjectNode choice = completion.putArray("choices").addObject().put("index", 0);
        choice.putObject("message").put("role", "assistant").put("content", content);
        choice.put("finish_reason", "stop");
        int input = request.path("messages").toString().length() / CHARACTERS_OF_A_TOKEN;
        int output = content.length() / CHARACTERS_OF_A_TOKEN;
        completion
                .putObject("usage")
                .put("prompt_tokens", input)
                .put("completion_tokens", output)
                .put("total_tokens", input + output);
        return completion;
    }

    private void remember(ObjectNode request) {
        synchronized (requests) {
            if (requests.size() == MOST_REMEMBERED) {
                requests.removeFirst();
            }
            requests.addLast(request);
        }
    }

    private void list(Context context) {
        String about = context.queryParam("about");
        ArrayNode listed = Json.array();
        synchronized (requests) {
            requests.stream()
                    .filter(request -> about == null || Json.write(request).contains(about))
                    .forEach(request -> listed.add(request.deepCopy()));
        }
        Json.answer(context, 200, listed);
    }

    private static void refuse(Context context, int status, String code, String message) {
        ObjectNode body = Json.object();
        body.putObject("error").put("message", message).put("type", code).put("code", code);
        Json.answer(context, status, body);
    }

    @Override
    public void close() {
        server.close();
    }
}
