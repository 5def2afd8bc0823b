package lull.standins.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import lull.runtime.http.BoundedHttpClient;
import lull.standins.http.ControlBody;
import lull.standins.http.ControlException;
import lull.standins.http.ControlRoute;
import lull.standins.http.Fault;
import lull.standins.http.FaultBook;
import lull.standins.http.Json;
import lull.standins.http.StandInServer;
import org.jspecify.annotations.Nullable;

/// Stand-in of two providers that connect to WhatsApp in their own way: z-api, with instance and token in the path
/// and the header `Client-Token`, and the Evolution API, with the instance in the path and the header `apikey`. It
/// checks what each of them requires, keeps what it was sent, gives files of customers, and posts what customers
/// write as each of them does. Safe for several threads.
public final class ProviderStandIn implements AutoCloseable {

    /// The instance of both providers.
    public static final String INSTANCE = "3C0FFEE";

    /// The token in z-api's path.
    public static final String TOKEN = "7E57";

    /// What z-api's header `Client-Token` and Evolution's header `apikey` must be.
    public static final String KEY = "provider-key";

    /// z-api's name here.
    public static final String Z_API = "z-api";

    /// Evolution's name here.
    public static final String EVOLUTION = "evolution";

    private static final Duration WEBHOOK_LIMIT = Duration.ofSeconds(30);
    private static final long FIRST_MESSAGE = 100_000;

    /// What each method of z-api requires besides `phone`.
    private static final Map<String, List<String>> OF_Z_API = Map.of(
            "send-text", List.of("message"),
            "send-image", List.of("image"),
            "send-video", List.of("video"),
            "send-audio", List.of("audio"),
            "send-document", List.of("document"),
            "send-sticker", List.of("sticker"),
            "send-location", List.of("title", "address", "latitude", "longitude"),
            "send-reaction", List.of("reaction", "messageId"),
            "send-remove-reaction", List.of("messageId"));

    private static final Map<String, List<String>> OF_EVOLUTION = Map.of(
            "sendText", List.of("number", "text"),
            "sendMedia", List.of("number", "mediatype", "media"),
            "sendWhatsAppAudio", List.of("number", "audio"),
            "sendSticker", List.of("number", "sticker"),
            "sendLocation", List.of("number", "latitude", "longitude", "name", "address"),
            "sendReaction", List.of("key", "reaction"));

    private static final List<String> FILES_OF_Z_API = List.of("image", "video", "audio", "document");

    private static final Set<String> MAY_BE_EMPTY = Set.of("title", "address", "name", "reaction");

    private final FaultBook faults = new FaultBook(List.of(Z_API, EVOLUTION));
    private final List<ObjectNode> messages = new ArrayList<>();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, URI> webhooks;
    private final AtomicLong written = new AtomicLong(FIRST_MESSAGE);
    private final BoundedHttpClient client = new BoundedHttpClient(WEBHOOK_LIMIT);
    private final StandInServer server;

    private ProviderStandIn(String host, int port, Map<String, URI> webhooks) {
        this.webhooks = Map.copyOf(webhooks);
        List<ControlRoute> control = new ArrayList<>(faults.routes());
        control.add(ControlRoute.get("/_messages", this::list));
        control.add(ControlRoute.post("/_messages", this::write));
        this.server = StandInServer.start(
                host,
                port,
                control,
                routes -> routes.post("/instances/{instance}/token/{token}/{method}", this::zApi)
                        .post("/instances/{instance}/token/{token}/{method}/{extension}", this::zApi)
                        .post("/message/{method}/{instance}", this::evolution)
                        .post("/chat/getBase64FromMediaMessage/{instance}", this::file)
                        .get("/files/{id}", this::fileOfZApi),
                context -> Json.answer(context, 404, Json.object().put("error", "Not Found")));
    }

    /// Starts it on an address of this machine.
    ///
    /// @param port 0 for any free one
    public static ProviderStandIn start(String host, int port) {
        return start(host, port, Map.of());
    }

    /// The same, with the addresses to which it posts what customers write.
    ///
    /// @param webhooks by [#Z_API] and [#EVOLUTION]
    public static ProviderStandIn start(String host, int port, Map<String, URI> webhooks) {
        return new ProviderStandIn(host, port, webhooks);
    }

    /// Its address, for its control routes.
    public URI uri() {
        return server.uri();
    }

    /// The value of `replies.url.<app>` for z-api.
    public String zApiUrl() {
        return uri() + "/instances/" + INSTANCE + "/token/" + TOKEN + "/{method}";
    }

    /// The value of `replies.url.<app>` for Evolution.
    public String evolutionUrl() {
        return uri() + "/message/{method}/" + INSTANCE;
    }

    /// Lets Evolution have a file of a customer.
    ///
    /// @param messageId of the message that has it
    public void serve(String messageId, byte[] file) {
        files.put(messageId, file.clone());
    }

    /// Lets z-api have a file of a customer, and returns its address.
    public String link(String id, byte[] file) {
        files.put(id, file.clone());
        return uri() + "/files/" + id;
    }

    /// A customer writes a text; returns the status that the webhook answers.
    ///
    /// @param provider [#Z_API] or [#EVOLUTION]
    public int says(String provider, String phone, String text) {
        return says(provider, phone, nextId(), text);
    }

    /// The same with the id of the message, by which a webhook is one that comes again.
    public int says(String provider, String phone, String id, String text) {
        ObjectNode content = Json.object();
        if (provider.equals(Z_API)) {
            content.putObject("text").put("message", text);
        } else {
            content.put("conversation", text);
        }
        return sends(provider, phone, id, content);
    }

    /// A customer sends a message with this content.
    ///
    /// @param content the members of z-api's callback, or of Evolution's `message`
    public int sends(String provider, String phone, String id, ObjectNode content) {
        return post(provider, provider.equals(Z_API) ? ofZApi(phone, id, content) : ofEvolution(phone, id, content));
    }

    /// A customer changes the text of a message.
    public int edits(String provider, String phone, String id, String text) {
        if (provider.equals(Z_API)) {
            ObjectNode content = Json.object().put("isEdit", true);
            content.putObject("text").put("message", text);
            return post(provider, ofZApi(phone, id, content));
        }
        ObjectNode update = ofEvolution(phone, id, Json.object()).put("event", "messages.edited");
        ((ObjectNode) update.path("data")).putObject("editedMessage").put("conversation", text);
        return post(provider, update);
    }

    private String nextId() {
        return "3EBC" + Long.toHexString(written.incrementAndGet()).toUpperCase(Locale.ROOT);
    }

    private static ObjectNode ofZApi(String phone, String id, ObjectNode content) {
        return Json.object()
                .put("type", "ReceivedCallback")
                .put("instanceId", INSTANCE)
                .put("messageId", id)
                .put("phone", phone)
                .put("fromMe", false)
                .put("isGroup", false)
                .put("status", "RECEIVED")
                .put("momment", System.currentTimeMillis())
                .put("senderName", "Customer " + phone)
                .setAll(content);
    }

    private static ObjectNode ofEvolution(String phone, String id, ObjectNode message) {
        ObjectNode update = Json.object()
                .put("event", "messages.upsert")
                .put("instance", INSTANCE)
                .put("apikey", KEY);
        ObjectNode data = update.putObject("data");
        data.putObject("key")
                .put("remoteJid", phone + "@s.whatsapp.net")
                .put("fromMe", false)
                .put("id", id);
        data.put("pushName", "Customer " + phone)
                .put("messageTimestamp", Instant.now().getEpochSecond())
                .set("message", message);
        return update;
    }

    private int post(String provider, ObjectNode update) {
        URI webhook = Objects.requireNonNull(webhooks.get(provider), "No webhook of " + provider);
        HttpRequest request = HttpRequest.newBuilder(webhook)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(update)))
                .build();
        try {
            return client.send(request, WEBHOOK_LIMIT, BoundedHttpClient.JSON_BYTES)
                    .statusCode();
        } catch (IOException e) {
            throw new IllegalStateException("The webhook cannot be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void write(Context context) {
        ControlBody body = ControlBody.of(context);
        String provider = body.optionalText("provider")
                .or(() -> webhooks.keySet().stream().findFirst())
                .filter(webhooks::containsKey)
                .orElseThrow(() -> ControlException.badRequest("provider must be one of " + webhooks.keySet()));
        int status = says(provider, body.optionalText("from").orElse("15550009001"), body.text("text"));
        Json.answer(context, 200, Json.object().put("status", status));
    }

    private void fileOfZApi(Context context) {
        byte[] file = files.get(context.pathParam("id"));
        if (file == null) {
            Json.answer(context, 404, Json.object().put("error", "No such file"));
        } else {
            context.contentType("application/octet-stream").result(file);
        }
    }

    /// Gives the file of a message, as Evolution does: in base64, decrypted.
    private void file(Context context) {
        String id = Json.read(context.bodyAsBytes())
                .map(body -> body.at("/message/key/id").asText())
                .orElse("");
        byte[] file = files.get(id);
        if (!KEY.equals(context.header("apikey"))) {
            Json.answer(
                    context,
                    401,
                    errorOfEvolution(401, "Unauthorized", Json.array().add("Unauthorized")));
        } else if (file == null || !context.pathParam("instance").equals(INSTANCE)) {
            Json.answer(
                    context,
                    400,
                    errorOfEvolution(400, "Bad Request", Json.array().add("Message not found")));
        } else {
            ObjectNode answer =
                    Json.object().put("mediaType", "documentMessage").put("fileName", "file");
            answer.putObject("size").put("fileLength", Integer.toString(file.length));
            answer.put("mimetype", "application/octet-stream")
                    .put("base64", Base64.getEncoder().encodeToString(file))
                    .putNull("buffer");
            Json.answer(context, 201, answer);
        }
    }

    /// A refusal of a request.
    private record Refusal(int status, JsonNode body) {}

    private void zApi(Context context) {
        Optional<ObjectNode> body = Json.read(context.bodyAsBytes());
        String method = context.pathParam("method");
        boolean hasExtension = context.pathParamMap().containsKey("extension");
        Optional<Refusal> refusal;
        if (!context.pathParam("instance").equals(INSTANCE)
                || !context.pathParam("token").equals(TOKEN)) {
            refusal = error(404, "Instance not found");
        } else if (!KEY.equals(context.header("Client-Token"))) {
            refusal = error(403, "Client-Token is not allowed");
        } else if (!isJson(context)) {
            refusal = error(415, "Unsupported Media Type");
        } else if (!OF_Z_API.containsKey(method) || hasExtension != method.equals("send-document")) {
            refusal = error(404, "NOT_FOUND");
        } else {
            refusal = missing(body, OF_Z_API.get(method), "phone")
                    .flatMap(name -> error(400, name + " is required"))
                    .or(() -> FILES_OF_Z_API.stream()
                                    .allMatch(name -> isFileOfZApi(
                                            body.map(one -> one.path(name)).orElseGet(MissingNode::getInstance)))
                            ? Optional.empty()
                            : error(400, "The file must be a link or base64"));
        }
        answer(
                context,
                Z_API,
                body,
                refusal,
                id -> Json.object().put("zaapId", "Z" + id).put("messageId", id).put("id", id));
    }

    private void evolution(Context context) {
        Optional<ObjectNode> body = Json.read(context.bodyAsBytes());
        List<String> required = OF_EVOLUTION.get(context.pathParam("method"));
        Optional<Refusal> refusal;
        if (!KEY.equals(context.header("apikey"))) {
            refusal = evolution(401, "Unauthorized", Json.array().add("Unauthorized"));
        } else if (required == null || !context.pathParam("instance").equals(INSTANCE)) {
            refusal = evolution(404, "Not Found", Json.array().add("The instance does not exist"));
        } else {
            refusal = missing(body, required, null)
                    .flatMap(name -> evolution(
                            400,
                            "Bad Request",
                            Json.array().add(Json.array().add("requires property \"" + name + "\""))))
                    .or(() -> body.filter(one ->
                                    !isFileOfEvolution(one.path("media")) || !isFileOfEvolution(one.path("audio")))
                            .flatMap(_ -> evolution(
                                    400, "Bad Request", Json.array().add("Owned media must be a url or base64"))))
                    .or(() -> body.filter(text -> text.path("number").asText().endsWith("0000"))
                            .flatMap(text -> evolution(
                                    400,
                                    "Bad Request",
                                    Json.array()
                                            .add(Json.object()
                                                    .put("exists", false)
                                                    .put(
                                                            "number",
                                                            text.path("number").asText())))));
        }
        answer(context, EVOLUTION, body, refusal, id -> {
            ObjectNode answer = Json.object();
            answer.putObject("key")
                    .put("remoteJid", "x@s.whatsapp.net")
                    .put("fromMe", true)
                    .put("id", id);
            return answer.put("status", "PENDING");
        });
    }

    /// Gives the answer to a message under its new id.
    @FunctionalInterface
    private interface Accepted {
        ObjectNode of(String id);
    }

    private void answer(
            Context context, String provider, Optional<ObjectNode> body, Optional<Refusal> refusal, Accepted accepted) {
        Optional<Fault> fault = faults.take(provider, body.map(Json::write).orElse(""));
        if (fault.isPresent() && fault.get().takesEffect() && refusal.isEmpty()) {
            // The pause is after the effect, so that there is time for a crash.
            keep(context, provider, body.orElseGet(Json::object));
            fault.get().pause();
            fail(context, provider, fault.get());
            return;
        }
        fault.ifPresent(Fault::pause);
        if (fault.isPresent() && fault.get().status().isPresent()) {
            fail(context, provider, fault.get());
        } else if (refusal.isPresent()) {
            Json.answer(context, refusal.get().status(), refusal.get().body());
        } else {
            ObjectNode answer = accepted.of(keep(context, provider, body.orElseGet(Json::object)));
            if (fault.map(Fault::reset).orElse(false)) {
                Json.breakOff(context, 200, answer);
            } else if (fault.map(Fault::hangs).orElse(false)) {
                Json.hang(context, 200, answer);
            } else {
                // Evolution answers 201.
                Json.answer(context, provider.equals(EVOLUTION) ? 201 : 200, answer);
            }
        }
    }

    /// The code of a fault with status 429 is the value of Retry-After.
    private static void fail(Context context, String provider, Fault fault) {
        int status = fault.status().orElse(500);
        if (!fault.code().isEmpty()) {
            context.header("Retry-After", fault.code());
        }
        Json.answer(
                context,
                status,
                provider.equals(EVOLUTION)
                        ? errorOfEvolution(status, "Error", Json.array().add("Error: " + fault.message()))
                        : Json.object().put("error", fault.message()));
    }

    private String keep(Context context, String provider, ObjectNode body) {
        ObjectNode message = Json.object()
                .put("provider", provider)
                .put("path", context.path())
                .put("key", String.valueOf(context.header("Idempotency-Key")));
        message.set("body", body);
        synchronized (messages) {
            messages.add(message);
            return "3EB0" + String.format(Locale.ROOT, "%08X", messages.size());
        }
    }

    private void list(Context context) {
        String to = context.queryParam("to");
        ArrayNode list = Json.array();
        synchronized (messages) {
            messages.stream()
                    .filter(message -> to == null || to.equals(recipient(message.path("body"))))
                    .forEach(message -> list.add(message.deepCopy()));
        }
        Json.answer(context, 200, list);
    }

    private static String recipient(JsonNode body) {
        String reactionTo = body.at("/key/remoteJid").asText();
        return body.path("phone").asText(body.path("number").asText(reactionTo.split("@", 2)[0]));
    }

    private static boolean isJson(Context context) {
        String type = context.contentType();
        return type != null && type.startsWith("application/json");
    }

    /// Returns a required member that is missing.
    private static Optional<String> missing(
            Optional<ObjectNode> body, @Nullable List<String> required, @Nullable String first) {
        List<String> names = new ArrayList<>();
        if (first != null) {
            names.add(first);
        }
        names.addAll(required == null ? List.of() : required);
        return names.stream()
                .filter(name -> body.isEmpty()
                        || !body.get().has(name)
                        || (body.get().path(name).isTextual()
                                && body.get().path(name).textValue().isEmpty()
                                && !MAY_BE_EMPTY.contains(name)))
                .findFirst();
    }

    /// Whether something is a file as z-api takes it.
    private static boolean isFileOfZApi(JsonNode file) {
        return file.isMissingNode()
                || file.asText().matches("https?://.+")
                || file.asText().matches("data:[a-z0-9.+/-]+;base64,[A-Za-z0-9+/]+={0,2}");
    }

    /// Whether something is a file as Evolution takes it.
    private static boolean isFileOfEvolution(JsonNode file) {
        return file.isMissingNode()
                || file.asText().matches("https?://.+")
                || file.asText().matches("[A-Za-z0-9+/]+={0,2}");
    }

    private static Optional<Refusal> error(int status, String error) {
        return Optional.of(new Refusal(status, Json.object().put("error", error)));
    }

    private static Optional<Refusal> evolution(int status, String error, ArrayNode message) {
        return Optional.of(new Refusal(status, errorOfEvolution(status, error, message)));
    }

    private static ObjectNode errorOfEvolution(int status, String error, ArrayNode message) {
        ObjectNode body = Json.object().put("status", status).put("error", error);
        body.putObject("response").set("message", message);
        return body;
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
