package lull.ingress.channel;

import static lull.ingress.channel.Members.flag;
import static lull.ingress.channel.Members.text;
import static lull.ingress.channel.Members.textOrEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lull.contract.Channel;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.ContentKind;
import lull.contract.message.Message;
import lull.contract.message.Source;
import lull.contract.reply.CallbackQueryId;
import lull.ingress.channel.WhatsAppForm.File;
import org.jspecify.annotations.Nullable;

/// Door of a bot of Telegram: an update of the Bot API is one message. Private chats only; groups and channels of
/// Telegram are ignored. A message's own id is `<chat>/<message_id>`; what changes a message has the id of its update.
public final class TelegramDoor implements ChannelDoor {

    /// Members of a message that are not its content.
    private static final Set<String> ENVELOPE = Set.of(
            "message_id",
            "message_thread_id",
            "from",
            "sender_chat",
            "sender_business_bot",
            "chat",
            "date",
            "edit_date",
            "business_connection_id",
            "forward_origin",
            "forward_date",
            "forward_from",
            "forward_from_chat",
            "forward_sender_name",
            "forward_from_message_id",
            "is_topic_message",
            "is_automatic_forward",
            "reply_to_message",
            "external_reply",
            "quote",
            "reply_to_story",
            "via_bot",
            "has_protected_content",
            "is_from_offline",
            "media_group_id",
            "author_signature",
            "entities",
            "caption_entities",
            "show_caption_above_media",
            "link_preview_options",
            "effect_id",
            "has_media_spoiler",
            "reply_markup");

    /// Contents by which Telegram reports what happened in a chat.
    private static final Set<String> EVENTS = Set.of(
            "new_chat_members",
            "left_chat_member",
            "pinned_message",
            "message_auto_delete_timer_changed",
            "write_access_allowed",
            "chat_background_set",
            "connected_website",
            "boost_added");

    private final Account account;

    /// @param name of the channel
    public TelegramDoor(String name) {
        this.account = new Account(new Channel(Channel.Kind.TELEGRAM, name, ""));
    }

    @Override
    public Reading read(byte[] body, Instant receivedAt, Source source) {
        JsonNode update;
        try {
            update = Json.tree(body);
        } catch (UnreadableJson e) {
            return new Reading.Unparsed(String.valueOf(e.getMessage()));
        }
        String id = text(update, "update_id");
        if (id == null || !id.matches("[0-9]{1,18}")) {
            return new Reading.Unparsed("No update of Telegram");
        }
        Update one = new Update("u" + id, receivedAt, source);
        if (update.path("message").isObject()) {
            return message(one, update.path("message"));
        }
        if (update.path("edited_message").isObject()) {
            return edited(one, update.path("edited_message"));
        }
        if (update.path("callback_query").isObject()) {
            return choice(one, update.path("callback_query"));
        }
        if (update.path("message_reaction").isObject()) {
            return reaction(one, update.path("message_reaction"));
        }
        return ChannelDoor.ignored(isOfChannel(update) ? Ignored.GROUP : Ignored.EVENT);
    }

    /// The update that is read.
    private record Update(String id, Instant receivedAt, Source source) {}

    private static boolean isOfChannel(JsonNode update) {
        return update.has("channel_post") || update.has("edited_channel_post");
    }

    private Reading message(Update update, JsonNode message) {
        return read(
                update,
                message,
                message.path("from"),
                () -> {
                    Optional<ObjectNode> content = content(message);
                    content.ifPresent(found -> WhatsAppForm.context(
                            found,
                            target(message.path("chat"), message.path("reply_to_message")),
                            isForwarded(message)));
                    return content;
                },
                own(message.path("chat"), message));
    }

    private Reading edited(Update update, JsonNode message) {
        return read(
                update,
                message,
                message.path("from"),
                () -> content(message)
                        .map(content -> WhatsAppForm.edit(
                                account.id(String.valueOf(own(message.path("chat"), message))), content)),
                update.id());
    }

    private Reading choice(Update update, JsonNode query) {
        JsonNode message = query.path("message");
        String data = textOrEmpty(query, "data");
        String title = title(message.path("reply_markup").path("inline_keyboard"), data);
        Reading reading = read(
                update,
                message,
                query.path("from"),
                () -> data.isEmpty()
                        ? Optional.empty()
                        : Optional.of(WhatsAppForm.context(
                                WhatsAppForm.choice(CallbackQueryId.id(data, title), title),
                                target(message.path("chat"), message),
                                false)),
                update.id());
        String id = text(query, "id");
        // Telegram shows the button as pressed until the query is answered, which the answer to its request does.
        return reading instanceof Reading.Accepted accepted && id != null
                ? new Reading.Accepted(
                        accepted.messages(),
                        accepted.statuses(),
                        accepted.ignored(),
                        Json.object().put("method", "answerCallbackQuery").put("callback_query_id", id))
                : reading;
    }

    private Reading reaction(Update update, JsonNode reaction) {
        String target = own(reaction.path("chat"), reaction);
        return read(
                update,
                reaction,
                reaction.path("user"),
                () -> target == null
                        ? Optional.empty()
                        : Optional.of(WhatsAppForm.reaction(account.id(target), emoji(reaction.path("new_reaction")))),
                update.id());
    }

    /// Reads the content of an update.
    @FunctionalInterface
    private interface ContentSupplier {
        /// Empty if the update is no message.
        Optional<ObjectNode> get();
    }

    /// @param place has `chat` and `date`
    /// @param ownId of the message
    private Reading read(
            Update update, JsonNode place, JsonNode from, ContentSupplier content, @Nullable String ownId) {
        JsonNode chat = place.path("chat");
        if (!textOrEmpty(chat, "type").equals("private")) {
            return ChannelDoor.ignored(chat.isObject() ? Ignored.GROUP : Ignored.EVENT);
        }
        if (flag(from, "is_bot")) {
            return ChannelDoor.ignored(Ignored.FROM_BUSINESS);
        }
        String id = id(chat, "id");
        if (id == null || ownId == null) {
            return new Reading.Unparsed("An update of Telegram without the id of its chat or message");
        }
        Optional<ObjectNode> read = content.get();
        if (read.isEmpty()) {
            return ChannelDoor.ignored(Ignored.EVENT);
        }
        String date = place.has("edit_date") ? textOrEmpty(place, "edit_date") : textOrEmpty(place, "date");
        // A pressed button has the date of the message with the button.
        // That of a message which is too old to be shown is 0.
        Instant sentAt = place.has("reply_markup") || date.equals("0")
                ? update.receivedAt()
                : Account.seconds(date, update.receivedAt());
        Message message = account.message(
                new Account.Envelope(ownId, id, customer(id, from, chat), sentAt),
                read.get(),
                update.receivedAt(),
                update.source());
        return ChannelDoor.one(message);
    }

    private static Customer customer(String id, JsonNode from, JsonNode chat) {
        JsonNode person = from.isObject() ? from : chat;
        String first = textOrEmpty(person, "first_name");
        String last = textOrEmpty(person, "last_name");
        String name = (first + " " + last).strip();
        return new Customer(id, null, name.isEmpty() ? null : name, null, text(person, "username"));
    }

    /// Returns the content of a message; empty if it only reports an event.
    private static Optional<ObjectNode> content(JsonNode message) {
        String text = text(message, "text");
        if (text != null) {
            return Optional.of(WhatsAppForm.text(linked(text, message.path("entities"))));
        }
        return file(message)
                .map(WhatsAppForm::file)
                .or(() -> place(message))
                .or(() -> contact(message))
                .or(() -> other(message));
    }

    /// Returns a text with the address behind each word that is a link, which only Telegram shows.
    private static String linked(String text, JsonNode entities) {
        StringBuilder linked = new StringBuilder(text);
        entities.valueStream()
                .filter(entity -> textOrEmpty(entity, "type").equals("text_link"))
                .sorted(Comparator.comparingInt(TelegramDoor::end).reversed())
                .filter(entity -> end(entity) > 0 && end(entity) <= text.length())
                .forEach(entity -> linked.insert(end(entity), " (" + textOrEmpty(entity, "url") + ")"));
        return linked.toString();
    }

    /// Telegram counts as Java does, in units of UTF-16.
    private static int end(JsonNode entity) {
        long end = entity.path("offset").asLong() + entity.path("length").asLong();
        return end < 0 || end > Integer.MAX_VALUE ? 0 : (int) end;
    }

    private static Optional<File> file(JsonNode message) {
        String given = text(message, "caption");
        String caption = given == null ? null : linked(given, message.path("caption_entities"));
        JsonNode photos = message.path("photo");
        if (photos.isArray() && !photos.isEmpty()) {
            return Optional.of(
                    File.of(ContentKind.IMAGE, text(photos.path(photos.size() - 1), "file_id"), "image/jpeg", caption));
        }
        // An animation has a document beside it, for programs that do not know animations.
        return file(message, "animation", ContentKind.VIDEO, "video/mp4", caption)
                .or(() -> file(message, "video", ContentKind.VIDEO, "video/mp4", caption))
                .or(() -> file(message, "video_note", ContentKind.VIDEO, "video/mp4", caption))
                .or(() -> file(message, "voice", ContentKind.AUDIO, "audio/ogg", caption))
                .or(() -> file(message, "audio", ContentKind.AUDIO, "audio/mpeg", caption))
                .or(() -> file(message, "sticker", ContentKind.STICKER, stickerType(message.path("sticker")), caption))
                .or(() -> file(message, "document", ContentKind.DOCUMENT, "application/octet-stream", caption));
    }

    private static Optional<File> file(
            JsonNode message, String member, ContentKind kind, String type, @Nullable String caption) {
        JsonNode file = message.path(member);
        if (!file.isObject()) {
            return Optional.empty();
        }
        String given = text(file, "mime_type");
        return Optional.of(new File(
                kind,
                text(file, "file_id"),
                given == null ? type : given,
                caption,
                kind == ContentKind.DOCUMENT ? text(file, "file_name") : null,
                member.equals("voice"),
                flag(file, "is_animated") || flag(file, "is_video")));
    }

    private static String stickerType(JsonNode sticker) {
        return flag(sticker, "is_animated")
                ? "application/x-tgsticker"
                : flag(sticker, "is_video") ? "video/webm" : "image/webp";
    }

    private static Optional<ObjectNode> place(JsonNode message) {
        JsonNode venue = message.path("venue");
        JsonNode location = venue.isObject() ? venue.path("location") : message.path("location");
        return location.isObject()
                ? Optional.of(WhatsAppForm.location(
                        location.path("latitude"),
                        location.path("longitude"),
                        text(venue, "title"),
                        text(venue, "address")))
                : Optional.empty();
    }

    private static Optional<ObjectNode> contact(JsonNode message) {
        JsonNode card = message.path("contact");
        if (!card.isObject()) {
            return Optional.empty();
        }
        String name = (textOrEmpty(card, "first_name") + " " + textOrEmpty(card, "last_name")).strip();
        return Optional.of(WhatsAppForm.contact(name.isEmpty() ? null : name, text(card, "phone_number")));
    }

    /// Returns a content that WhatsApp does not have, such as a poll.
    private static Optional<ObjectNode> other(JsonNode message) {
        List<String> members = message.properties().stream()
                .map(Map.Entry::getKey)
                .filter(member -> !ENVELOPE.contains(member))
                .toList();
        if (members.stream().anyMatch(EVENTS::contains)) {
            return Optional.empty();
        }
        return members.stream()
                .findFirst()
                .map(member -> WhatsAppForm.other("telegram_" + member, message.path(member)))
                .or(() -> Optional.of(WhatsAppForm.other("telegram_message", Json.object())));
    }

    private static boolean isForwarded(JsonNode message) {
        return message.has("forward_origin") || message.has("forward_date");
    }

    private @Nullable String target(JsonNode chat, JsonNode message) {
        String own = own(chat, message);
        return own == null ? null : account.id(own);
    }

    /// Returns the own id of a message; null if it has none.
    private static @Nullable String own(JsonNode chat, JsonNode message) {
        String in = id(chat, "id");
        String id = id(message, "message_id");
        return in == null || id == null ? null : in + "/" + id;
    }

    private static @Nullable String id(JsonNode object, String name) {
        JsonNode id = object.path(name);
        return id.isIntegralNumber() && id.canConvertToLong() ? id.asText() : null;
    }

    /// Returns the emoji of a reaction; null if it was removed.
    private static @Nullable String emoji(JsonNode reactions) {
        if (reactions.isEmpty()) {
            return null;
        }
        Stream<JsonNode> emojis =
                reactions.valueStream().filter(one -> textOrEmpty(one, "type").equals("emoji"));
        // Emojis of Telegram's own have no character.
        return emojis.findFirst()
                .map(one -> textOrEmpty(one, "emoji"))
                .filter(one -> !one.isEmpty())
                .orElse("⭐");
    }

    /// Returns the text of the button with these data.
    private static String title(JsonNode rows, String data) {
        return rows.valueStream()
                .flatMap(JsonNode::valueStream)
                .filter(button -> textOrEmpty(button, "callback_data").equals(data))
                .map(button -> textOrEmpty(button, "text"))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(data);
    }
}
