package lull.standins.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import lull.runtime.http.BoundedHttpClient;
import lull.standins.http.ControlBody;
import lull.standins.http.ControlRoute;
import lull.standins.http.Fault;
import lull.standins.http.FaultBook;
import lull.standins.http.Json;
import lull.standins.http.StandInServer;

/// Stand-in of the Telegram Bot API with one bot and its customers, who write to the bot's webhook. A chat whose id
/// ends in 403 has blocked the bot; that of a chat below 1000 does not exist. Safe for several threads.
public final class TelegramStandIn implements AutoCloseable {

    /// The token of the bot.
    public static final String TOKEN = "123456:local-telegram-bot-token";

    /// The secret of the bot's webhook.
    public static final String SECRET = "local-telegram-secret";

    /// What each method requires besides `chat_id`.
    private static final Map<String, List<String>> METHODS = Map.ofEntries(
            Map.entry("sendMessage", List.of("text")),
            Map.entry("sendPhoto", List.of("photo")),
            Map.entry("sendVideo", List.of("video")),
            Map.entry("sendAudio", List.of("audio")),
            Map.entry("sendVoice", List.of("voice")),
            Map.entry("sendDocument", List.of("document")),
            Map.entry("sendSticker", List.of("sticker")),
            Map.entry("sendLocation", List.of("latitude", "longitude")),
            Map.entry("sendVenue", List.of("latitude", "longitude", "title", "address")),
            Map.entry("sendContact", List.of("phone_number", "first_name")),
            Map.entry("setMessageReaction", List.of("message_id", "reaction")),
            Map.entry("sendChatAction", List.of("action")));

    private static final int MAX_TEXT = 4_096;
    private static final long MAX_PHOTO = 10_000_000;
    private static final long MAX_FILE = 50_000_000;
    private static final Duration WEBHOOK_LIMIT = Duration.ofSeconds(30);
    private static final int MAX_CAPTION = 1_024;

    private final URI webhook;
    private final FaultBook faults = new FaultBook(METHODS.keySet());
    private final List<ObjectNode> calls = new ArrayList<>();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> messageIds = new HashMap<>();
    private final AtomicLong updates = new AtomicLong(10_000);
    private final BoundedHttpClient client = new BoundedHttpClient(WEBHOOK_LIMIT);
    private final StandInServer server;
    private volatile JsonNode last = Json.object();

    /// What the webhook answered to an update.
    public record Answered(int statusCode, String body) {}

    private TelegramStandIn(String host, int port, URI webhook) {
        this.webhook = webhook;
        List<ControlRoute> control = new ArrayList<>(faults.routes());
        control.add(ControlRoute.get("/_calls", this::list));
        control.add(ControlRoute.post("/_messages", this::write));
        this.server = StandInServer.start(
                host,
                port,
                control,
                routes -> routes.post("/bot{token}/{method}", this::call)
                        .get("/bot{token}/{method}", this::call)
                        .get("/file/bot{token}/{folder}/{name}", this::file),
                context -> error(context, 404, "Not Found"));
    }

    /// Starts it on an address of this machine.
    ///
    /// @param port 0 for any free one
    /// @param webhook to which the bot's updates are posted
    public static TelegramStandIn start(String host, int port, URI webhook) {
        return new TelegramStandIn(host, port, webhook);
    }

    /// Its address, the value of `channel.<name>.url`.
    public URI uri() {
        return server.uri();
    }

    /// A customer writes a text; returns the answer of the webhook.
    public Answered says(long chat, String text) {
        return message(chat, Json.object().put("text", text));
    }

    /// A customer sends a message with this content.
    public Answered message(long chat, ObjectNode content) {
        ObjectNode update = update();
        ObjectNode message = update.putObject("message");
        envelope(message, chat, next(chat));
        message.setAll(content);
        return post(update);
    }

    /// Returns a file of a customer as Telegram describes it.
    public ObjectNode upload(byte[] bytes) {
        String id = "file" + (files.size() + 1);
        files.put(id, bytes.clone());
        return Json.object().put("file_id", id).put("file_unique_id", "u" + id).put("file_size", bytes.length);
    }

    /// A customer changes the text of a message.
    public Answered edits(long chat, long messageId, String text) {
        ObjectNode update = update();
        ObjectNode message = update.putObject("edited_message");
        envelope(message, chat, messageId);
        message.put("edit_date", Instant.now().getEpochSecond()).put("text", text);
        return post(update);
    }

    /// A customer reacts to a message.
    public Answered reacts(long chat, long messageId, String emoji) {
        ObjectNode update = update();
        ObjectNode reaction = update.putObject("message_reaction");
        reaction.set("chat", chat(chat));
        reaction.put("message_id", messageId).put("date", Instant.now().getEpochSecond());
        reaction.set("user", person(chat));
        reaction.putArray("old_reaction");
        reaction.putArray("new_reaction").addObject().put("type", "emoji").put("emoji", emoji);
        return post(update);
    }

    /// A customer presses a button of a message of the bot.
    ///
    /// @param sent the call that sent it, see [#uri()] and `/_calls`
    public Answered presses(long chat, JsonNode sent, String data) {
        ObjectNode update = update();
        ObjectNode query = update.putObject("callback_query").put("id", "q" + updates.get());
        query.set("from", person(chat));
        ObjectNode message = query.putObject("message");
        message.put("message_id", sent.path("message_id").asLong())
                .put("date", Instant.now().getEpochSecond());
        message.set("chat", chat(chat));
        message.set("reply_markup", sent.at("/body/reply_markup"));
        query.put("data", data);
        return post(update);
    }

    /// Posts the last update once more, as Telegram does if it got no answer.
    public Answered repeatLast() {
        return post(last);
    }

    private Answered post(JsonNode update) {
        last = update;
        HttpRequest request = HttpRequest.newBuilder(webhook)
                .header("Content-Type", "application/json")
                .header("X-Telegram-Bot-Api-Secret-Token", SECRET)
                .POST(BodyPublishers.ofString(Json.write(update)))
                .build();
        try {
            HttpResponse<byte[]> answer = client.send(request, WEBHOOK_LIMIT, BoundedHttpClient.JSON_BYTES);
            return new Answered(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("The webhook cannot be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Returns an update without content, with the next id.
    public ObjectNode update() {
        return Json.object().put("update_id", updates.incrementAndGet());
    }

    private void write(Context context) {
        ControlBody body = ControlBody.of(context);
        Answered answer = says(body.number("chat", 1_000, Integer.MAX_VALUE).orElse(7_001), body.text("text"));
        Json.answer(context, 200, Json.object().put("status", answer.statusCode()));
    }

    private void envelope(ObjectNode message, long chat, long messageId) {
        message.put("message_id", messageId).put("date", Instant.now().getEpochSecond());
        message.set("from", person(chat));
        message.set("chat", chat(chat));
    }

    private static ObjectNode person(long chat) {
        return Json.object()
                .put("id", chat)
                .put("is_bot", false)
                .put("first_name", "Customer")
                .put("last_name", Long.toString(chat))
                .put("username", "customer" + chat)
                .put("language_code", "en");
    }

    private static ObjectNode chat(long chat) {
        return Json.object().put("id", chat).put("type", "private").put("first_name", "Customer");
    }

    private long next(long chat) {
        synchronized (messageIds) {
            return messageIds
                    .computeIfAbsent(Long.toString(chat), _ -> new AtomicLong())
                    .incrementAndGet();
        }
    }

    private void call(Context context) {
        String method = context.pathParam("method");
        ObjectNode body = context.isMultipartFormData()
                ? form(context)
                : Json.read(context.bodyAsBytes()).orElseGet(Json::object);
        if (!context.pathParam("token").equals(TOKEN)) {
            error(context, 401, "Unauthorized");
        } else if (method.equals("getMe")) {
            ok(context, Json.object().put("id", 123_456).put("is_bot", true).put("username", "local_bot"));
        } else if (method.equals("getWebhookInfo")) {
            ObjectNode info = Json.object().put("url", webhook.toString()).put("max_connections", 1);
            List.of("message", "edited_message", "callback_query", "message_reaction")
                    .forEach(info.withArray("allowed_updates")::add);
            ok(context, info);
        } else if (method.equals("getFile")) {
            getFile(context, body);
        } else if (!METHODS.containsKey(method)) {
            error(context, 404, "Not Found: method not found");
        } else {
            Optional<Fault> fault = faults.take(method, Json.write(body));
            fault.ifPresent(Fault::pause);
            if (fault.isPresent() && fault.get().status().isPresent()) {
                fail(context, fault.get());
            } else {
                take(context, method, body, fault);
            }
        }
    }

    /// Returns the parameters of a form. A file is an object with its name, its type and its base64.
    private static ObjectNode form(Context context) {
        ObjectNode body = Json.object();
        context.formParamMap().forEach((name, values) -> {
            // A file has no values.
            String value = values.isEmpty() ? "" : values.getFirst();
            Optional<ObjectNode> object =
                    value.startsWith("{") ? Json.read(value.getBytes(StandardCharsets.UTF_8)) : Optional.empty();
            if (object.isPresent()) {
                body.set(name, object.get());
            } else {
                body.put(name, value);
            }
        });
        context.uploadedFileMap().forEach((name, uploads) -> {
            UploadedFile file = uploads.getFirst();
            try (InputStream content = file.content()) {
                byte[] bytes = content.readAllBytes();
                body.putObject(name)
                        .put("file_name", file.filename())
                        .put("mime_type", file.contentType())
                        .put("file_size", bytes.length)
                        .put("base64", Base64.getEncoder().encodeToString(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return body;
    }

    /// Returns what is wrong with a file that was uploaded; empty if nothing is, or if there is none.
    private static Optional<String> wrongFile(String method, ObjectNode body) {
        String member = method.startsWith("send") ? method.substring(4).toLowerCase(Locale.ROOT) : "";
        JsonNode file = body.path(member);
        if (!file.isObject()) {
            return Optional.empty();
        }
        long bytes = file.path("file_size").asLong();
        String type = file.path("mime_type").asText();
        if (bytes == 0) {
            return Optional.of("file must be non-empty");
        }
        if (bytes > (member.equals("photo") ? MAX_PHOTO : MAX_FILE)) {
            return Optional.of("file is too big");
        }
        return member.equals("photo") && !type.matches("image/(jpeg|png)")
                ? Optional.of("IMAGE_PROCESS_FAILED")
                : Optional.empty();
    }

    private void getFile(Context context, ObjectNode body) {
        String id = body.path("file_id").asText();
        byte[] bytes = files.get(id);
        if (bytes == null) {
            error(context, 400, "Bad Request: invalid file_id");
        } else {
            ok(
                    context,
                    Json.object()
                            .put("file_id", id)
                            .put("file_size", bytes.length)
                            .put("file_path", "files/" + id));
        }
    }

    private void file(Context context) {
        byte[] bytes = files.get(context.pathParam("name"));
        if (bytes == null || !context.pathParam("token").equals(TOKEN)) {
            error(context, 404, "Not Found");
        } else {
            context.contentType("application/octet-stream").result(bytes);
        }
    }

    private void take(Context context, String method, ObjectNode body, Optional<Fault> fault) {
        Optional<String> missing = METHODS.getOrDefault(method, List.of()).stream()
                .filter(name -> body.path(name).isMissingNode())
                .findFirst();
        String chat = body.path("chat_id").asText();
        Optional<String> wrong = wrongFile(method, body);
        if (missing.isPresent()) {
            error(context, 400, "Bad Request: " + missing.get() + " is missing");
        } else if (wrong.isPresent()) {
            error(context, 400, "Bad Request: " + wrong.get());
        } else if (!chat.matches("-?[0-9]{4,20}")) {
            error(context, 400, "Bad Request: chat not found");
        } else if (chat.endsWith("403")) {
            error(context, 403, "Forbidden: bot was blocked by the user");
        } else if (body.path("text").asText().length() > MAX_TEXT) {
            error(context, 400, "Bad Request: message is too long");
        } else if (body.path("caption").asText().length() > MAX_CAPTION) {
            error(context, 400, "Bad Request: message caption is too long");
        } else {
            boolean isMessage = method.startsWith("send") && !method.equals("sendChatAction");
            long id = isMessage ? next(Long.parseLong(chat)) : 0;
            ObjectNode call = Json.object().put("method", method).put("message_id", id);
            call.set("body", body);
            synchronized (calls) {
                calls.add(call);
            }
            ObjectNode answer = Json.object().put("ok", true);
            if (isMessage) {
                ObjectNode message = answer.putObject("result");
                message.put("message_id", id).put("date", Instant.now().getEpochSecond());
                message.set("chat", chat(Long.parseLong(chat)));
            } else {
                answer.put("result", true);
            }
            if (fault.map(Fault::reset).orElse(false)) {
                Json.breakOff(context, 200, answer);
            } else {
                Json.answer(context, 200, answer);
            }
        }
    }

    /// The code of a fault with status 429 is the value of `retry_after`.
    private static void fail(Context context, Fault fault) {
        int status = fault.status().orElse(500);
        ObjectNode body =
                Json.object().put("ok", false).put("error_code", status).put("description", fault.message());
        if (!fault.code().isEmpty()) {
            body.putObject("parameters").put("retry_after", Integer.parseInt(fault.code()));
        }
        Json.answer(context, status, body);
    }

    private static void ok(Context context, JsonNode result) {
        ObjectNode answer = Json.object().put("ok", true);
        answer.set("result", result);
        Json.answer(context, 200, answer);
    }

    private static void error(Context context, int status, String description) {
        Json.answer(
                context,
                status,
                Json.object().put("ok", false).put("error_code", status).put("description", description));
    }

    private void list(Context context) {
        String chat = context.queryParam("chat");
        ArrayNode list = Json.array();
        synchronized (calls) {
            calls.stream()
                    .filter(call ->
                            chat == null || chat.equals(call.at("/body/chat_id").asText()))
                    .forEach(call -> list.add(call.deepCopy()));
        }
        Json.answer(context, 200, list);
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
