package lull.whatsapp.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import lull.contract.Channel;
import lull.contract.VisibleLine;
import lull.contract.json.Json;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyContent.Media.Kind;
import lull.runtime.http.MultipartForm;
import lull.whatsapp.ErrorScope;
import lull.whatsapp.OutgoingFile;
import lull.whatsapp.ReplySender;
import lull.whatsapp.WhatsAppError;
import org.jspecify.annotations.Nullable;

/// [ReplySender] of a bot of Telegram: calls the Bot API, whose address holds the token of the bot and is therefore
/// never part of a reason or a log line. Telegram recognizes no repeated call. Safe for several threads.
final class TelegramBot implements ReplySender {

    /// How long Telegram shows that somebody types.
    static final Duration TYPING = Duration.ofSeconds(5);

    private static final int MAX_REASON_CHARACTERS = 200;

    /// What Telegram says of a file that it cannot show as a picture, but takes as a document.
    private static final List<String> NO_PICTURE =
            List.of("PHOTO_INVALID_DIMENSIONS", "PHOTO_EXT_INVALID", "IMAGE_PROCESS_FAILED");

    private final String name;
    private final Supplier<Optional<String>> url;
    private final Supplier<Optional<String>> token;
    private final ChannelHttp http;

    /// @param name of the channel
    /// @param url of the Bot API now; asked by several threads
    /// @param token of the bot now; asked by several threads
    TelegramBot(String name, Supplier<Optional<String>> url, Supplier<Optional<String>> token, ChannelHttp http) {
        this.name = name;
        this.url = url;
        this.token = token;
        this.http = http;
    }

    /// What Telegram answered to a call.
    sealed interface Answer {

        /// It did what was asked.
        record Ok(JsonNode result) implements Answer {}

        /// It did not.
        record Failed(WhatsAppError error) implements Answer {}
    }

    @Override
    public Delivery send(ReplyPart part) throws InterruptedException {
        return prepare(part).send();
    }

    @Override
    public Call prepare(ReplyPart part) {
        return switch (TelegramForm.of(part)) {
            case TelegramForm.Filled.Impossible(int code, String reason) ->
                () -> new WhatsAppError.Refused(code, reason);
            case TelegramForm.Filled.Call(String method, ObjectNode body) -> {
                String number = part.conversation().businessNumber();
                yield () -> delivery(call(number, method, body));
            }
        };
    }

    @Override
    public Call prepare(ReplyPart part, OutgoingFile file) {
        String number = part.conversation().businessNumber();
        return () -> {
            Delivery delivery = upload(number, part, file);
            return delivery instanceof WhatsAppError.Refused(int _, String reason)
                            && part.content() instanceof ReplyContent.Media media
                            && media.kind() == Kind.IMAGE
                            && NO_PICTURE.stream().anyMatch(reason::contains)
                    ? upload(number, part.with(asDocument(media)), file)
                    : delivery;
        };
    }

    private Delivery upload(String number, ReplyPart part, OutgoingFile file) throws InterruptedException {
        return switch (TelegramForm.of(part)) {
            case TelegramForm.Filled.Impossible(int code, String reason) -> new WhatsAppError.Refused(code, reason);
            case TelegramForm.Filled.Call(String method, ObjectNode body) -> {
                MultipartForm form;
                try {
                    form = TelegramForm.multipart(method, body, file);
                } catch (FileNotFoundException e) {
                    yield new WhatsAppError.Transient(Duration.ZERO, "A file cannot be read");
                }
                yield delivery(call(number, method, form.contentType(), form.body(), file.timeout()));
            }
        };
    }

    private static ReplyContent asDocument(ReplyContent.Media media) {
        return new ReplyContent.Media(
                Kind.DOCUMENT, media.id(), media.link(), media.caption(), media.filename(), null, media.more());
    }

    private static Delivery delivery(Answer answer) {
        return switch (answer) {
            case Answer.Ok(JsonNode result) -> new Delivery.Accepted(TelegramForm.ownId(result));
            case Answer.Failed(WhatsAppError error) -> error;
        };
    }

    /// Shows that somebody types, for five seconds.
    boolean type(String businessNumber, String ownId) throws InterruptedException {
        Optional<String> chat = TelegramForm.chatOf(ownId);
        return chat.isPresent()
                && call(
                                businessNumber,
                                "sendChatAction",
                                Json.object().put("chat_id", chat.get()).put("action", "typing"))
                        instanceof Answer.Ok;
    }

    /// Returns the address from which a file is downloaded. It holds the token.
    Optional<URI> file(String path) {
        return token.get()
                .filter(_ -> path.matches("[A-Za-z0-9._/-]{1,500}") && !path.contains(".."))
                .map(secret -> URI.create(base() + "/file/bot" + secret + "/" + path));
    }

    /// Calls a method.
    Answer call(String businessNumber, String method, ObjectNode body) throws InterruptedException {
        return call(businessNumber, method, "application/json", BodyPublishers.ofByteArray(Json.bytes(body)), null);
    }

    private Answer call(
            String businessNumber, String method, String contentType, BodyPublisher body, @Nullable Duration within)
            throws InterruptedException {
        Optional<String> secret = token.get();
        if (secret.isEmpty()) {
            return new Answer.Failed(misconfigured(businessNumber, "has no token"));
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(base() + "/bot" + secret.get() + "/" + method))
                .header("Content-Type", contentType)
                .header("User-Agent", "Lull")
                .POST(body)
                .build();
        ChannelHttp.Result result = within == null
                ? http.send(request, businessNumber, "Telegram")
                : http.send(request, businessNumber, "Telegram", within);
        return switch (result) {
            case ChannelHttp.Result.Failed(WhatsAppError error) -> new Answer.Failed(error);
            case ChannelHttp.Result.Answered answer -> read(businessNumber, answer);
        };
    }

    private Answer read(String businessNumber, ChannelHttp.Result.Answered answer) {
        int status = answer.status();
        JsonNode body = answer.body();
        if (status / 100 == 2) {
            // What it has answered to is done, whatever it says.
            return new Answer.Ok(body.path("result"));
        }
        String description = VisibleLine.of(body.path("description").asText(""));
        String reason = "Telegram answered " + status + (description.isEmpty() ? "" : ": " + shortened(description));
        return new Answer.Failed(
                switch (status) {
                    case 429 ->
                        new WhatsAppError.Transient(
                                ChannelHttp.seconds(body.path("parameters")
                                        .path("retry_after")
                                        .asText(answer.retryAfter().orElse(""))),
                                reason);
                    case 400, 403, 413 -> new WhatsAppError.Refused(status, reason);
                    case 408 -> new WhatsAppError.Unclear(true, reason);
                    default ->
                        status >= 500
                                ? new WhatsAppError.Unclear(true, reason)
                                : misconfigured(businessNumber, "answers " + status + ": is its token right?");
                });
    }

    private WhatsAppError misconfigured(String businessNumber, String what) {
        return new WhatsAppError.Misconfigured(
                new ErrorScope.BusinessNumber(businessNumber),
                "The bot of channel " + name + " " + what + " ("
                        + ChannelSettings.token(name).name() + ")");
    }

    private String base() {
        String base = url.get().orElse(ChannelSettings.TELEGRAM);
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    private static String shortened(String text) {
        return text.length() <= MAX_REASON_CHARACTERS ? text : text.substring(0, MAX_REASON_CHARACTERS);
    }

    @Override
    public String toString() {
        return "TelegramBot[" + new Channel(Channel.Kind.TELEGRAM, name, "").businessNumber() + "]";
    }
}
