package lull.standins.connect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lull.standins.http.Json;

/// The operations of the Connect Participant API, but for attachments.
final class ParticipantApi {
    private static final Set<String> CONNECTION_TYPES =
            Set.of("WEBSOCKET", "CONNECTION_CREDENTIALS", "WEBRTC_CONNECTION");
    private static final Set<String> RECEIPTS = Set.of(ContentTypes.DELIVERED, ContentTypes.READ);

    private final ConnectStandIn.Options options;
    private final TokenBook tokens;

    ParticipantApi(ConnectStandIn.Options options, TokenBook tokens) {
        this.options = options;
        this.tokens = tokens;
    }

    ObjectNode createConnection(ApiCall call) {
        Chat chat = tokens.participant(call.bearer()).orElseThrow(ApiException::accessDenied);
        List<String> types = call.body().texts("Type");
        if (call.body().has("Type") && (types.isEmpty() || !CONNECTION_TYPES.containsAll(types))) {
            throw call.body().invalid("Type", "must be a list of some of " + CONNECTION_TYPES);
        }
        if (types.contains("WEBSOCKET") || types.contains("WEBRTC_CONNECTION")) {
            throw ApiException.validation("This stand-in has neither websockets nor WebRTC");
        }
        if (call.body().flag("ConnectParticipant")) {
            if (!chat.isStreamed()) {
                throw ApiException.validation("ConnectParticipant needs contact streaming, which has not been started");
            }
            chat.connectCustomer();
        }
        ObjectNode answer = Json.object();
        if (types.contains("CONNECTION_CREDENTIALS")) {
            TokenBook.ConnectionToken token = tokens.connectionToken(chat);
            answer.putObject("ConnectionCredentials")
                    .put("ConnectionToken", token.token())
                    .put("Expiry", TranscriptJson.absoluteTime(token.expiresAt()));
        }
        return answer;
    }

    ObjectNode sendMessage(ApiCall call) {
        Chat chat = chat(call);
        String type = call.body().text("ContentType", 1, 100);
        String content = call.body().text("Content", 1, 16_384);
        if (!chat.opening().contentTypes().contains(type) || type.equals(ContentTypes.INTERACTIVE)) {
            throw call.body().invalid("ContentType", "must be one that the contact supports");
        }
        if (!options.messageSizes().allow(type, content)) {
            throw call.body().invalid("Content", "is too long");
        }
        Said said = Said.message(chat.opening().customer(), type, content, Said.Visibility.ALL);
        return accepted(chat.customerSays(said).orElseThrow(ApiException::accessDenied));
    }

    ObjectNode sendEvent(ApiCall call) {
        Chat chat = chat(call);
        String type = call.body().text("ContentType", 1, 100);
        Optional<String> content = call.body().optionalText("Content", 1, 16_384);
        if (RECEIPTS.contains(type)) {
            return receipt(chat, content);
        }
        if (!type.equals(ContentTypes.TYPING)) {
            throw call.body().invalid("ContentType", "must be typing, message.delivered or message.read");
        }
        Said said = Said.event(chat.opening().customer(), type);
        return accepted(chat.customerSays(said).orElseThrow(ApiException::accessDenied));
    }

    // Whether contact streaming publishes receipts is not documented; the stand-in does not.
    private ObjectNode receipt(Chat chat, Optional<String> content) {
        String messageId = content.flatMap(text -> Json.read(text.getBytes(StandardCharsets.UTF_8)))
                .map(json -> json.path("messageId").asText(""))
                .orElse("");
        boolean known =
                chat.snapshot().transcript().stream().anyMatch(item -> item.id().equals(messageId));
        if (!known) {
            throw ApiException.validation("Content must be {\"messageId\": ...} with the id of a message of this chat");
        }
        if (chat.isSupervised()) {
            throw new ApiException(
                    409, "ConflictException", "Operation can not be performed due to the state of the contact.");
        }
        return Json.object()
                .put("Id", ConnectApi.newId())
                .put("AbsoluteTime", TranscriptJson.absoluteTime(options.clock().instant()));
    }

    ObjectNode getTranscript(ApiCall call) {
        Chat chat = chat(call);
        Members body = call.body();
        Optional<Members> position = body.optionalObject("StartPosition");
        TranscriptPage.Direction direction = body.choice("ScanDirection", TranscriptPage.Direction.class)
                .orElse(position.isPresent() ? TranscriptPage.Direction.FORWARD : TranscriptPage.Direction.BACKWARD);
        TranscriptPage.Order order =
                body.choice("SortOrder", TranscriptPage.Order.class).orElse(TranscriptPage.Order.DESCENDING);
        int limit = body.number("MaxResults", 0, 100).orElse(10L).intValue();
        TranscriptPage.Start start = body.optionalText("NextToken", 1, 1_000)
                .map(token -> fromToken(token, direction))
                .orElseGet(() -> position.map(ParticipantApi::start).orElse(new TranscriptPage.Start.Unset()));
        Optional<String> contactId = body.optionalText("ContactId", 1, 256);
        List<TranscriptItem> past = chat.past();
        List<TranscriptItem> visible = Stream.concat(
                        past.stream(),
                        chat.snapshot().transcript().stream()
                                .filter(item ->
                                        contactId.map(item.contactId()::equals).orElse(true)))
                .filter(item -> item.said().visibility() != Said.Visibility.AGENT)
                .toList();
        TranscriptPage page = TranscriptPage.of(visible, start, direction, order, limit == 0 ? 10 : limit);
        ObjectNode answer = Json.object().put("InitialContactId", chat.opening().contactId());
        ArrayNode items = answer.putArray("Transcript");
        page.items()
                .forEach(item -> items.add(
                        past.contains(item) ? TranscriptJson.listedOfPast(item) : TranscriptJson.listed(item)));
        page.nextToken(direction).ifPresent(token -> answer.put("NextToken", encode(token)));
        return answer;
    }

    ObjectNode disconnect(ApiCall call) {
        if (!chat(call).customerLeaves()) {
            throw ApiException.accessDenied();
        }
        return Json.object();
    }

    private static TranscriptPage.Start start(Members position) {
        Optional<String> id = position.optionalText("Id", 1, 256);
        Optional<String> time = position.optionalText("AbsoluteTime", 1, 100);
        Optional<Long> mostRecent = position.number("MostRecent", 0, 100);
        if (id.isPresent()) {
            return new TranscriptPage.Start.AtId(id.get());
        }
        if (time.isPresent()) {
            try {
                return new TranscriptPage.Start.AtTime(Instant.parse(time.get()));
            } catch (DateTimeParseException unreadable) {
                throw position.invalid("AbsoluteTime", "must be an ISO 8601 time");
            }
        }
        return mostRecent
                .<TranscriptPage.Start>map(count -> new TranscriptPage.Start.MostRecent(count.intValue()))
                .orElseThrow(() -> position.missing("Id, AbsoluteTime or MostRecent"));
    }

    private static String encode(String token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.getBytes(StandardCharsets.US_ASCII));
    }

    private static TranscriptPage.Start fromToken(String token, TranscriptPage.Direction direction) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
            String prefix = direction + "-";
            if (plain.startsWith(prefix)) {
                return new TranscriptPage.Start.AtIndex(Integer.parseInt(plain.substring(prefix.length())));
            }
        } catch (IllegalArgumentException unreadable) {
            throw ApiException.validation("NextToken is not valid");
        }
        throw ApiException.validation("NextToken belongs to the other scan direction");
    }

    private Chat chat(ApiCall call) {
        return tokens.connection(call.bearer()).orElseThrow(ApiException::accessDenied);
    }

    private static ObjectNode accepted(TranscriptItem item) {
        return Json.object().put("Id", item.id()).put("AbsoluteTime", TranscriptJson.absoluteTime(item.at()));
    }
}
