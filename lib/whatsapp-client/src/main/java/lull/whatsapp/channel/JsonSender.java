package lull.whatsapp.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import lull.contract.Channel;
import lull.contract.json.Json;
import lull.contract.reply.ReplyContent;
import lull.runtime.http.WebhookSecrets;
import lull.whatsapp.Base64Json;
import lull.whatsapp.ErrorScope;
import lull.whatsapp.GraphBody;
import lull.whatsapp.OutgoingFile;
import lull.whatsapp.ReplySender;
import lull.whatsapp.WhatsAppError;

/// [ReplySender] of a channel that speaks Lull's own JSON: posts each part to the channel's program, signed as the
/// Standard Webhooks specification describes it. The id of a request is the same whenever the same part is sent
/// again. Redirects are not followed. Safe for several threads.
final class JsonSender implements ReplySender {

    /// WhatsApp's code for a type that it does not know, which stands for any channel's.
    private static final int UNKNOWN_TYPE = 131051;

    private static final int GONE = 410;
    private static final int MAX_ID_CHARACTERS = 200;

    private final String name;
    private final Access access;
    private final ChannelHttp http;
    private final InstantSource clock;

    /// How the program is called now. Asked by several threads.
    ///
    /// @param url where replies are posted
    /// @param secrets by which they are signed; without any they are not
    /// @param headers of each call
    record Access(
            Supplier<Optional<String>> url, Supplier<List<String>> secrets, Supplier<Map<String, String>> headers) {}

    /// @param name of the channel
    JsonSender(String name, Access access, ChannelHttp http, InstantSource clock) {
        this.name = name;
        this.access = access;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public Delivery send(ReplyPart part) throws InterruptedException {
        return prepare(part).send();
    }

    @Override
    public Call prepare(ReplyPart part) {
        return prepare(
                part,
                (url, now) -> {
                    byte[] body = Json.bytes(body(id(part), part, now));
                    return request(url, part, now, secrets -> secrets.sign(id(part), now, body))
                            .POST(BodyPublishers.ofByteArray(body))
                            .build();
                },
                (request, number) -> http.send(request, number, who()));
    }

    /// The file is in the message in base64, as the member `data`.
    @Override
    public Call prepare(ReplyPart part, OutgoingFile file) {
        return prepare(
                part,
                (url, now) -> {
                    Base64Json body = Base64Json.of(file, place -> withFile(body(id(part), part, now), place));
                    return request(url, part, now, secrets -> secrets.sign(id(part), now, body::writeTo))
                            .POST(body.publisher())
                            .build();
                },
                (request, number) -> http.send(request, number, who(), file.timeout()));
    }

    private static ObjectNode withFile(ObjectNode body, String place) {
        ObjectNode message = (ObjectNode) body.at("/data/message");
        ObjectNode media = (ObjectNode) message.path(message.path("type").asText());
        media.remove("id");
        media.put("data", place);
        return body;
    }

    /// Builds a request; throws if a file cannot be read.
    @FunctionalInterface
    private interface Request {
        HttpRequest of(URI url, Instant now) throws IOException;
    }

    /// Signs a request; throws if a file cannot be read.
    @FunctionalInterface
    private interface Signature {
        String by(WebhookSecrets secrets) throws IOException;
    }

    @FunctionalInterface
    private interface Sending {
        ChannelHttp.Result send(HttpRequest request, String number) throws InterruptedException;
    }

    private Call prepare(ReplyPart part, Request building, Sending sending) {
        if (part.content() instanceof ReplyContent.Template) {
            return () ->
                    new WhatsAppError.Refused(UNKNOWN_TYPE, "Templates are WhatsApp's; channel " + name + " has none");
        }
        String number = part.conversation().businessNumber();
        Optional<String> url = access.url().get();
        if (url.isEmpty()) {
            return () -> new WhatsAppError.Misconfigured(
                    new ErrorScope.BusinessNumber(number), "Channel " + name + " has no address");
        }
        HttpRequest ready;
        try {
            ready = building.of(URI.create(url.get()), clock.instant());
        } catch (IOException e) {
            return () -> new WhatsAppError.Transient(
                    Duration.ZERO, "A file cannot be read: " + e.getClass().getSimpleName());
        }
        return () -> switch (sending.send(ready, number)) {
            case ChannelHttp.Result.Failed(WhatsAppError error) -> error;
            case ChannelHttp.Result.Answered answer -> delivery(number, answer);
        };
    }

    private String who() {
        return "Channel " + name;
    }

    private static String id(ReplyPart part) {
        return part.callback().replyId() + "-" + part.callback().part();
    }

    private HttpRequest.Builder request(URI url, ReplyPart part, Instant now, Signature signature) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("User-Agent", "Lull")
                .header(WebhookSecrets.ID, id(part))
                .header(WebhookSecrets.TIMESTAMP, Long.toString(now.getEpochSecond()));
        access.headers().get().forEach(request::setHeader);
        WebhookSecrets secrets = WebhookSecrets.of(access.secrets().get());
        if (!secrets.isEmpty()) {
            request.setHeader(WebhookSecrets.SIGNATURE, signature.by(secrets));
        }
        return request;
    }

    /// Returns the body of a request. The message has the form of `POST /replies`.
    static ObjectNode body(String id, ReplyPart part, Instant now) {
        Channel channel = Channel.of(part.conversation());
        ObjectNode body = Json.object().put("type", "reply.requested").put("timestamp", now.toString());
        ObjectNode data = body.putObject("data").put("id", id).put("channel", channel.name());
        if (!channel.account().isEmpty()) {
            data.put("account", channel.account());
        }
        String customer = part.conversation().customer();
        data.put(
                part.conversation().isGroup() ? "group" : "to",
                part.conversation().isGroup() ? customer.substring(customer.indexOf(':') + 1) : customer);
        ObjectNode message = GraphBody.message(part.content());
        String quoted = part.quotedMessageId();
        if (quoted != null) {
            message.putObject("context").put("message_id", quoted);
        }
        data.set("message", message);
        data.put("callback", part.callback().text());
        return body;
    }

    private Delivery delivery(String number, ChannelHttp.Result.Answered answer) {
        int status = answer.status();
        String reason = "Channel " + name + " answered " + status;
        if (status / 100 == 2) {
            return new Delivery.Accepted(messageId(answer.body()));
        }
        return switch (status) {
            case 409, 425, 429 ->
                new WhatsAppError.Transient(
                        ChannelHttp.seconds(answer.retryAfter().orElse("")), reason);
            case 400, 413, 415, 422 -> new WhatsAppError.Refused(status, reason);
            case 408 -> new WhatsAppError.Unclear(true, reason);
            case GONE -> misconfigured(number, reason + ": it wants no more replies");
            default -> status >= 500 ? new WhatsAppError.Unclear(true, reason) : misconfigured(number, reason);
        };
    }

    private static WhatsAppError misconfigured(String number, String reason) {
        return new WhatsAppError.Misconfigured(new ErrorScope.BusinessNumber(number), reason);
    }

    /// Returns the id in an answer. Without one the reply is not sent again either, because the customer would get it
    /// twice.
    private static String messageId(JsonNode answer) {
        JsonNode id = answer.path("messageId");
        return id.isValueNode() && !id.isNull() && id.asText().length() <= MAX_ID_CHARACTERS ? id.asText() : "";
    }
}
