package lull.ingress.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lull.contract.Channel;
import lull.contract.ConversationKey;
import lull.contract.json.Json;
import lull.contract.json.Timestamps;
import lull.contract.message.MessageStatus;
import lull.contract.message.Source;
import lull.contract.reply.request.CheckedObject;
import lull.whatsapp.CallbackData;

/// Door of what a channel that speaks Lull's own JSON reports about replies. It accepts a request whole or not at all.
public final class JsonStatusDoor implements ChannelDoor {

    private static final Set<String> STATUSES = Set.of("sent", "delivered", "read", "played", "failed");
    private static final int MAX_LINE = 1_000;
    private static final int MAX_CODE = 999_999;

    private final String name;

    /// @param name of the channel
    public JsonStatusDoor(String name) {
        this.name = name;
    }

    @Override
    public Reading read(byte[] body, Instant receivedAt, Source source) {
        List<String> problems = new ArrayList<>();
        Optional<ObjectNode> object = JsonDoor.object(body, problems);
        List<MessageStatus> statuses = new ArrayList<>();
        if (object.isPresent()) {
            CheckedObject request = new CheckedObject(object.get(), "", problems);
            for (CheckedObject status : request.objects("statuses", 1, JsonDoor.MAX_MESSAGES)) {
                status(status, receivedAt, source).ifPresent(statuses::add);
                status.nothingElse();
            }
            request.nothingElse();
        }
        return problems.isEmpty()
                ? new Reading.Accepted(
                        List.of(), statuses, List.of(), Json.object().put("accepted", statuses.size()))
                : new Reading.Wrong(problems);
    }

    private Optional<MessageStatus> status(CheckedObject status, Instant receivedAt, Source source) {
        String word = status.text("status", MAX_LINE);
        if (!word.isBlank() && !STATUSES.contains(word)) {
            status.problem("status", "must be sent, delivered, read, played or failed");
        }
        String callback = status.text("callback", CallbackData.MAX_CHARACTERS);
        Optional<ConversationKey> conversation =
                CallbackData.parse(callback).map(CallbackData::conversation).filter(this::isOurs);
        if (!callback.isBlank() && conversation.isEmpty()) {
            status.problem("callback", "must be that of a reply to this channel");
        }
        String ownId = status.has("messageId") ? JsonDoor.id(status, "messageId") : "";
        Instant at = at(status, receivedAt);
        int code = status.has("code") ? status.number("code", 0, MAX_CODE).intValue() : 0;
        if (conversation.isEmpty()) {
            return Optional.empty();
        }
        Account account = new Account(Channel.of(conversation.get()));
        String id = ownId.isEmpty() ? callback : account.id(ownId);
        ObjectNode raw = Json.object()
                .put("id", id)
                .put("status", word)
                .put("timestamp", Long.toString(at.getEpochSecond()))
                .put("biz_opaque_callback_data", callback);
        if (word.equals("failed")) {
            raw.putArray("errors").addObject().put("code", code);
        }
        return Optional.of(new MessageStatus(
                id, word, conversation.get(), receivedAt, source, account.business(), callback, null, raw));
    }

    private boolean isOurs(ConversationKey conversation) {
        Channel channel = Channel.of(conversation);
        return channel.kind() == Channel.Kind.JSON && channel.name().equals(name);
    }

    private static Instant at(CheckedObject status, Instant receivedAt) {
        String text = status.textIfThere("at", MAX_LINE);
        if (text == null) {
            return receivedAt;
        }
        Optional<Instant> time = Timestamps.ofIso(text);
        if (time.isEmpty()) {
            status.problem("at", "must be a time such as 2026-11-26T18:00:03Z");
        }
        return time.orElse(receivedAt);
    }
}
