package lull.standins.chatwoot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lull.runtime.http.BoundedHttpClient;
import lull.standins.chatwoot.Desk.Contact;
import lull.standins.chatwoot.Desk.Conversation;
import lull.standins.http.ControlBody;
import lull.standins.http.ControlException;
import lull.standins.http.ControlRoute;
import lull.standins.http.Fault;
import lull.standins.http.FaultBook;
import lull.standins.http.Json;
import lull.standins.http.StandInServer;

/// Stand-in of Chatwoot with one inbox of an API channel. It serves the parts of the public and of the
/// application API that a program needs which brings customers' messages and takes agents' answers,
/// with what is peculiar to them: a contact is found by its `source_id`, a message that is posted twice
/// is there twice, a file comes as a form. Callbacks are signed, posted once and side by side, for
/// incoming messages and private notes, too; if one fails, its message is shown as failed. Safe for
/// several threads.
public final class ChatwootStandIn implements AutoCloseable {

    /// The account.
    public static final int ACCOUNT = 3;

    /// The inbox's identifier.
    public static final String INBOX = "stand-in-inbox";

    /// The token of the application API.
    public static final String TOKEN = "stand-in-token";

    /// The secret that signs callbacks.
    public static final String SECRET = "stand-in-secret";

    private static final Duration CALLBACK_LIMIT = Duration.ofSeconds(5);
    private static final int PAGE = 20;
    private static final List<String> TYPES = List.of("incoming", "outgoing", "activity", "template");

    private final Object lock = new Object();
    private final Desk desk = new Desk();
    private final FaultBook faults = new FaultBook(List.of("contacts", "conversations", "messages"));
    private final BoundedHttpClient callbacks = new BoundedHttpClient(CALLBACK_LIMIT);
    private final Optional<URI> webhook;
    private final StandInServer server;

    private ChatwootStandIn(String host, int port, Optional<URI> webhook) {
        this.webhook = webhook;
        List<ControlRoute> control = new ArrayList<>(faults.routes());
        control.add(ControlRoute.get("/_conversations", this::list));
        control.add(ControlRoute.post("/_agents/say", this::say));
        control.add(ControlRoute.post("/_agents/typing", this::type));
        control.add(ControlRoute.post("/_agents/resolve", this::resolve));
        control.add(ControlRoute.post("/_agents/repeat", this::repeat));
        this.server = StandInServer.start(
                host,
                port,
                control,
                routes -> routes.get("/public/api/v1/inboxes/{inbox}", this::inbox)
                        .post("/public/api/v1/inboxes/{inbox}/contacts", this::createContact)
                        .get("/public/api/v1/inboxes/{inbox}/contacts/{source}/conversations", this::conversations)
                        .post(
                                "/public/api/v1/inboxes/{inbox}/contacts/{source}/conversations",
                                this::createConversation)
                        .get("/api/v1/accounts/{account}/conversations", this::account)
                        .get("/api/v1/accounts/{account}/conversations/{conversation}/messages", this::messages)
                        .post("/api/v1/accounts/{account}/conversations/{conversation}/messages", this::createMessage)
                        .patch(
                                "/api/v1/accounts/{account}/conversations/{conversation}/messages/{message}",
                                this::updateMessage),
                context -> Json.answer(context, 404, Json.object().put("error", "Resource could not be found")));
    }

    /// Starts it on an address of this machine.
    ///
    /// @param port 0 for any free one
    /// @param webhook where callbacks go; empty if nowhere
    public static ChatwootStandIn start(String host, int port, Optional<URI> webhook) {
        return new ChatwootStandIn(host, port, webhook);
    }

    /// Its address.
    public URI uri() {
        return server.uri();
    }

    private void inbox(Context context) {
        if (isInbox(context)) {
            Json.answer(context, 200, Json.object().put("identifier", INBOX).put("name", "WhatsApp"));
        }
    }

    private void createContact(Context context) {
        if (!isInbox(context) || fails(context, "contacts")) {
            return;
        }
        ObjectNode body = body(context);
        String phone = body.path("phone_number").asText("");
        if (!phone.isEmpty() && !phone.matches("\\+[1-9][0-9]{1,14}")) {
            Json.answer(context, 422, Json.object().put("message", "Phone number should be in e164 format"));
            return;
        }
        synchronized (lock) {
            String source = body.path("source_id").asText(UUID.randomUUID().toString());
            ObjectNode data = body.deepCopy();
            data.remove("source_id");
            Contact contact = desk.addContact(source, data);
            Json.answer(
                    context,
                    200,
                    Json.object().put("source_id", contact.source()).put("id", contact.id()));
        }
    }

    private void conversations(Context context) {
        if (!isInbox(context) || fails(context, "conversations")) {
            return;
        }
        synchronized (lock) {
            Optional<Contact> contact = contact(context);
            if (contact.isPresent()) {
                ArrayNode shown = Json.array();
                desk.conversationsOf(contact.get()).forEach(one -> shown.add(Desk.shown(one)));
                Json.answer(context, 200, shown);
            }
        }
    }

    private void createConversation(Context context) {
        if (!isInbox(context) || fails(context, "conversations")) {
            return;
        }
        ObjectNode body = body(context);
        synchronized (lock) {
            Optional<Contact> contact = contact(context);
            if (contact.isPresent()) {
                ObjectNode attributes =
                        body.path("custom_attributes") instanceof ObjectNode given ? given : Json.object();
                Json.answer(context, 200, Desk.shown(desk.addConversation(contact.get(), attributes)));
            }
        }
    }

    private void account(Context context) {
        if (isAllowed(context)) {
            Json.answer(context, 200, Json.object().set("data", Json.object()));
        }
    }

    private void messages(Context context) {
        if (!isAllowed(context) || fails(context, "messages.list")) {
            return;
        }
        long before =
                Long.parseLong(Optional.ofNullable(context.queryParam("before")).orElse(Long.toString(Long.MAX_VALUE)));
        synchronized (lock) {
            Optional<Conversation> conversation = conversation(context);
            if (conversation.isPresent()) {
                List<ObjectNode> earlier = conversation.get().messages.stream()
                        .filter(message -> message.path("id").asLong() < before)
                        .toList();
                ObjectNode answer = Json.object();
                ArrayNode payload = answer.putArray("payload");
                earlier.subList(Math.max(0, earlier.size() - PAGE), earlier.size())
                        .forEach(payload::add);
                Json.answer(context, 200, answer);
            }
        }
    }

    private void createMessage(Context context) {
        if (!isAllowed(context)) {
            return;
        }
        ObjectNode body = context.isMultipartFormData() ? form(context) : body(context);
        Optional<Fault> fault = faults.take("messages", body.path("content").asText(""));
        fault.ifPresent(Fault::pause);
        boolean takesEffect =
                fault.isEmpty() || fault.get().takesEffect() || fault.get().reset();
        if (!takesEffect) {
            fail(context, fault.get());
            return;
        }
        ObjectNode created;
        synchronized (lock) {
            Optional<Conversation> conversation = conversation(context);
            if (conversation.isEmpty()) {
                return;
            }
            created = desk.addMessage(conversation.get(), message(conversation.get(), body));
            call("message_created", created, conversation.get());
        }
        if (fault.map(Fault::reset).orElse(false)) {
            Json.breakOff(context, 200, created);
        } else if (fault.isPresent()) {
            fail(context, fault.get());
        } else {
            Json.answer(context, 200, created);
        }
    }

    private ObjectNode message(Conversation conversation, ObjectNode body) {
        String type = body.path("message_type").asText("outgoing");
        ObjectNode message = Json.object()
                .put("content", body.path("content").asText(""))
                .put("message_type", TYPES.indexOf(type))
                .put("private", body.path("private").asBoolean(false));
        if (body.has("source_id")) {
            message.set("source_id", body.path("source_id"));
        }
        if (body.has("attachments")) {
            message.set("attachments", body.path("attachments"));
        }
        ObjectNode attributes = message.putObject("content_attributes");
        String answered = body.at("/content_attributes/in_reply_to_external_id").asText("");
        if (!answered.isEmpty()) {
            attributes.put("in_reply_to_external_id", answered);
            ObjectNode to = desk.bySource(conversation, answered);
            if (to != null) {
                attributes.put("in_reply_to", to.path("id").asLong());
            }
        }
        return message;
    }

    private static ObjectNode form(Context context) {
        ObjectNode body = Json.object();
        context.formParamMap().forEach((name, values) -> {
            if (values.isEmpty()) {
                // A file, which follows.
                return;
            }
            if (name.equals("content_attributes[in_reply_to_external_id]")) {
                body.putObject("content_attributes").put("in_reply_to_external_id", values.getFirst());
            } else {
                body.put(name, values.getFirst());
            }
        });
        ArrayNode attachments = body.putArray("attachments");
        for (UploadedFile file : context.uploadedFiles("attachments[]")) {
            attachments
                    .addObject()
                    .put("file_name", file.filename())
                    .put("content_type", file.contentType())
                    .put("file_size", file.size());
        }
        return body;
    }

    private void updateMessage(Context context) {
        if (!isAllowed(context) || fails(context, "messages.update")) {
            return;
        }
        ObjectNode body = body(context);
        synchronized (lock) {
            Optional<ObjectNode> message = desk.message(Long.parseLong(context.pathParam("message")));
            if (message.isEmpty()) {
                notFound(context);
                return;
            }
            message.get().set("status", body.path("status"));
            if (body.has("external_error")) {
                message.get().withObject("content_attributes").set("external_error", body.path("external_error"));
            }
            Json.answer(context, 200, message.get());
        }
    }

    private void list(Context context) {
        String phone = context.queryParam("phone");
        ArrayNode list = Json.array();
        synchronized (lock) {
            for (Conversation one : desk.conversations()) {
                if (phone == null
                        || one.contact.data().path("phone_number").asText("").equals("+" + phone)) {
                    ObjectNode shown = Desk.shown(one);
                    shown.set("contact", one.contact.data());
                    shown.put("source_id", one.contact.source());
                    shown.set("custom_attributes", one.attributes);
                    list.add(shown.deepCopy());
                }
            }
        }
        Json.answer(context, 200, list);
    }

    /// What an agent writes: `conversation`, `content`, and perhaps `private`, `choices`, `file` with
    /// its `kind`, `answers` and `delayMillis`, by which its callback comes late.
    private void say(Context context) {
        ControlBody asked = ControlBody.of(context);
        ObjectNode body = Json.read(context.bodyAsBytes()).orElseGet(Json::object);
        synchronized (lock) {
            Conversation conversation = asked(asked);
            ObjectNode message = Json.object()
                    .put("content", asked.optionalText("content").orElse(null))
                    .put(
                            "message_type",
                            TYPES.indexOf(asked.optionalText("type").orElse("outgoing")))
                    .put("private", asked.flag("private"));
            ObjectNode attributes = message.putObject("content_attributes");
            if (body.path("choices").isArray()) {
                message.put("content_type", "input_select");
                attributes.set("items", body.path("choices"));
            }
            asked.optionalText("answers").ifPresent(answered -> attributes.put("in_reply_to_external_id", answered));
            asked.optionalText("file")
                    .ifPresent(file -> message.putArray("attachments")
                            .addObject()
                            .put("file_type", asked.optionalText("kind").orElse("file"))
                            .put("data_url", file));
            ObjectNode created = desk.addMessage(conversation, message);
            Duration delay =
                    Duration.ofMillis(asked.number("delayMillis", 0, 60_000).orElse(0));
            call("message_created", created, conversation, delay);
            Json.answer(context, 200, created);
        }
    }

    private void type(Context context) {
        ControlBody asked = ControlBody.of(context);
        synchronized (lock) {
            Conversation conversation = asked(asked);
            ObjectNode event =
                    Json.object().put("event", "conversation_typing_on").put("is_private", asked.flag("private"));
            event.putObject("user").put("type", "user").put("name", "Agent");
            event.set("conversation", Desk.called(conversation));
            post(event, Optional.empty(), Duration.ZERO);
        }
        Json.answer(context, 200, Json.object());
    }

    private void resolve(Context context) {
        synchronized (lock) {
            Conversation conversation = asked(ControlBody.of(context));
            conversation.status = "resolved";
            ObjectNode event = Desk.called(conversation).put("event", "conversation_status_changed");
            post(event, Optional.empty(), Duration.ZERO);
        }
        Json.answer(context, 200, Json.object());
    }

    /// Posts the callback of a message once more.
    private void repeat(Context context) {
        ControlBody asked = ControlBody.of(context);
        synchronized (lock) {
            long number = asked.number("message", 1, Integer.MAX_VALUE).orElse(0);
            ObjectNode message = desk.message(number)
                    .orElseThrow(() -> ControlException.badRequest("there is no message " + number));
            Conversation conversation =
                    desk.conversation(message.path("conversation_id").asLong()).orElseThrow();
            call("message_created", message, conversation);
        }
        Json.answer(context, 200, Json.object());
    }

    private Conversation asked(ControlBody asked) {
        int number = asked.number("conversation", 1, Integer.MAX_VALUE).orElse(0);
        return desk.conversation(number)
                .orElseThrow(() -> ControlException.badRequest("there is no conversation " + number));
    }

    private void call(String event, ObjectNode message, Conversation conversation) {
        call(event, message, conversation, Duration.ZERO);
    }

    private void call(String event, ObjectNode message, Conversation conversation, Duration delay) {
        ObjectNode body = message.deepCopy();
        body.put("event", event)
                .put("message_type", TYPES.get(message.path("message_type").asInt()))
                .put(
                        "created_at",
                        Instant.ofEpochSecond(message.path("created_at").asLong())
                                .toString());
        body.putObject("account").put("id", ACCOUNT);
        body.putObject("inbox").put("id", Desk.INBOX);
        body.set("conversation", Desk.called(conversation));
        post(body, Optional.of(message), delay);
    }

    /// Posts a callback, each on a thread of its own.
    private void post(ObjectNode body, Optional<ObjectNode> of, Duration delay) {
        if (webhook.isEmpty()) {
            return;
        }
        byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(() -> {
            boolean isAccepted;
            try {
                Thread.sleep(delay);
                isAccepted = callbacks
                                .send(request(webhook.get(), bytes), CALLBACK_LIMIT, BoundedHttpClient.JSON_BYTES)
                                .statusCode()
                        < 300;
            } catch (IOException e) {
                isAccepted = false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (!isAccepted) {
                synchronized (lock) {
                    of.ifPresent(message -> message.put("status", "failed"));
                }
            }
        });
    }

    private static HttpRequest request(URI webhook, byte[] body) {
        String at = Long.toString(Instant.now().getEpochSecond());
        return HttpRequest.newBuilder(webhook)
                .header("Content-Type", "application/json")
                .header("X-Chatwoot-Delivery", UUID.randomUUID().toString())
                .header("X-Chatwoot-Timestamp", at)
                .header("X-Chatwoot-Signature", "sha256=" + sign(at, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    /// Returns the signature of a callback, in hexadecimal digits.
    public static String sign(String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((timestamp + ".").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }

    private boolean isInbox(Context context) {
        if (context.pathParam("inbox").equals(INBOX)) {
            return true;
        }
        notFound(context);
        return false;
    }

    private boolean isAllowed(Context context) {
        if (!TOKEN.equals(context.header("api_access_token"))) {
            Json.answer(context, 401, Json.object().put("error", "Invalid Access Token"));
            return false;
        }
        if (!context.pathParam("account").equals(Integer.toString(ACCOUNT))) {
            notFound(context);
            return false;
        }
        return true;
    }

    private Optional<Contact> contact(Context context) {
        Optional<Contact> contact = desk.contact(context.pathParam("source"));
        if (contact.isEmpty()) {
            notFound(context);
        }
        return contact;
    }

    private Optional<Conversation> conversation(Context context) {
        Optional<Conversation> conversation = desk.conversation(Long.parseLong(context.pathParam("conversation")));
        if (conversation.isEmpty()) {
            notFound(context);
        }
        return conversation;
    }

    private boolean fails(Context context, String target) {
        Optional<Fault> fault =
                faults.take(target.contains(".") ? target.substring(0, target.indexOf('.')) : target, target);
        fault.ifPresent(Fault::pause);
        fault.ifPresent(given -> fail(context, given));
        return fault.isPresent();
    }

    private static void fail(Context context, Fault fault) {
        int status = fault.status().orElse(500);
        if (status == 429 && !fault.code().isEmpty()) {
            context.header("Retry-After", fault.code());
        }
        Json.answer(context, status, Json.object().put("error", fault.message()));
    }

    private static ObjectNode body(Context context) {
        return Json.read(context.bodyAsBytes()).orElseThrow(() -> ControlException.badRequest("no JSON object"));
    }

    private static void notFound(Context context) {
        Json.answer(context, 404, Json.object().put("error", "Resource could not be found"));
    }

    @Override
    public void close() {
        server.close();
        callbacks.close();
    }
}
