package lull.ingress.channel;

import static lull.ingress.channel.Members.flag;
import static lull.ingress.channel.Members.text;
import static lull.ingress.channel.Members.textOrEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lull.contract.Channel;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.ContentKind;
import lull.contract.message.Source;
import lull.ingress.channel.WhatsAppForm.File;

/// Door of webhooks of z-api: a `ReceivedCallback` is one message. Groups, newsletters, broadcasts, statuses, and what
/// the business itself has sent are ignored. A message whose content is still to come is ignored, too, because it
/// follows under the same id.
public final class ZApiDoor implements ChannelDoor {

    private final Account account;

    /// @param name of the channel
    public ZApiDoor(String name) {
        this.account = new Account(new Channel(Channel.Kind.Z_API, name, ""));
    }

    @Override
    public Reading read(byte[] body, Instant receivedAt, Source source) {
        JsonNode callback;
        try {
            callback = Json.tree(body);
        } catch (UnreadableJson e) {
            return new Reading.Unparsed(String.valueOf(e.getMessage()));
        }
        if (!callback.isObject()) {
            return new Reading.Unparsed("No callback of z-api");
        }
        Optional<Ignored> ignored = ignored(callback);
        if (ignored.isPresent()) {
            return ChannelDoor.ignored(ignored.get());
        }
        String id = text(callback, "messageId");
        String phone = text(callback, "phone");
        if (id == null || phone == null || phone.indexOf('|') >= 0 || !phone.matches("[\\x21-\\x7e]{1,128}")) {
            return new Reading.Unparsed("A callback of z-api without messageId or phone");
        }
        Instant sentAt = Account.millis(textOrEmpty(callback, "momment"), receivedAt);
        ObjectNode content = content(callback);
        boolean isEdit = flag(callback, "isEdit");
        return ChannelDoor.one(account.message(
                new Account.Envelope(
                        isEdit ? id + "/" + textOrEmpty(callback, "momment") : id,
                        customerId(phone),
                        customer(phone, callback),
                        sentAt),
                isEdit ? WhatsAppForm.edit(account.id(id), content) : context(callback, content),
                receivedAt,
                source));
    }

    private static Optional<Ignored> ignored(JsonNode callback) {
        if (!textOrEmpty(callback, "type").equals("ReceivedCallback")) {
            return Optional.of(Ignored.EVENT);
        }
        if (Stream.of("isGroup", "isNewsletter", "broadcast", "isStatusReply").anyMatch(name -> flag(callback, name))) {
            return Optional.of(Ignored.GROUP);
        }
        if (flag(callback, "fromMe")) {
            return Optional.of(Ignored.FROM_BUSINESS);
        }
        if (callback.path("notification").isTextual()) {
            return Optional.of(Ignored.EVENT);
        }
        return flag(callback, "waitingMessage") ? Optional.of(Ignored.WITHOUT_CONTENT) : Optional.empty();
    }

    /// Returns a phone number, or a hidden id in a form that can be erased.
    private static String customerId(String phone) {
        return phone.replace(Account.HIDDEN, Account.HIDDEN_CUSTOMER);
    }

    private static Customer customer(String phone, JsonNode callback) {
        boolean isPhone = phone.matches("[0-9]{5,20}");
        String name = text(callback, "senderName");
        return new Customer(
                isPhone ? null : customerId(phone),
                isPhone ? phone : null,
                name == null ? text(callback, "chatName") : name);
    }

    private ObjectNode context(JsonNode callback, ObjectNode content) {
        String target = text(callback, "referenceMessageId");
        return WhatsAppForm.context(content, target == null ? null : account.id(target), flag(callback, "forwarded"));
    }

    private ObjectNode content(JsonNode callback) {
        if (callback.path("text").isObject()) {
            return WhatsAppForm.text(textOrEmpty(callback.path("text"), "message"));
        }
        return file(callback, "image", ContentKind.IMAGE)
                .or(() -> file(callback, "video", ContentKind.VIDEO))
                .or(() -> file(callback, "audio", ContentKind.AUDIO))
                .or(() -> file(callback, "document", ContentKind.DOCUMENT))
                .or(() -> file(callback, "sticker", ContentKind.STICKER))
                .or(() -> place(callback.path("location")))
                .or(() -> contact(callback.path("contact")))
                .or(() -> reaction(callback.path("reaction")))
                .or(() -> choice(callback))
                .orElseGet(() -> other(callback));
    }

    private static Optional<ObjectNode> file(JsonNode callback, String member, ContentKind kind) {
        JsonNode file = callback.path(member);
        return file.isObject()
                ? Optional.of(WhatsAppForm.file(new File(
                        kind,
                        text(file, member + "Url"),
                        text(file, "mimeType"),
                        text(file, "caption"),
                        kind == ContentKind.DOCUMENT ? text(file, "fileName") : null,
                        flag(file, "ptt"),
                        flag(file, "isAnimated"))))
                : Optional.empty();
    }

    private static Optional<ObjectNode> place(JsonNode place) {
        return place.isObject()
                ? Optional.of(WhatsAppForm.location(
                        place.path("latitude"), place.path("longitude"), text(place, "name"), text(place, "address")))
                : Optional.empty();
    }

    private static Optional<ObjectNode> contact(JsonNode card) {
        if (!card.isObject()) {
            return Optional.empty();
        }
        String vcard = text(card, "vCard");
        return Optional.of(
                vcard != null
                        ? WhatsAppForm.vcard(vcard)
                        : WhatsAppForm.contact(text(card, "displayName"), text(card.path("phones"), "0")));
    }

    private Optional<ObjectNode> reaction(JsonNode reaction) {
        return reaction.isObject()
                ? Optional.of(WhatsAppForm.reaction(
                        account.id(textOrEmpty(reaction.path("referencedMessage"), "messageId")),
                        text(reaction, "value")))
                : Optional.empty();
    }

    private static Optional<ObjectNode> choice(JsonNode callback) {
        JsonNode button = callback.path("buttonsResponseMessage");
        if (button.isObject()) {
            String title = textOrEmpty(button, "message");
            String id = text(button, "buttonId");
            return Optional.of(WhatsAppForm.choice(id == null ? title : id, title));
        }
        JsonNode row = callback.path("listResponseMessage");
        if (row.isObject()) {
            String title = text(row, "title");
            String id = text(row, "selectedRowId");
            String shown = title == null ? textOrEmpty(row, "message") : title;
            return Optional.of(WhatsAppForm.choice(id == null ? shown : id, shown));
        }
        return Optional.empty();
    }

    /// Returns a content that Lull does not know, such as a poll.
    private static ObjectNode other(JsonNode callback) {
        return List.of("poll", "pollVote", "order", "product", "hydratedTemplate", "carouselMessage", "listMessage")
                .stream()
                .filter(member -> callback.path(member).isObject())
                .findFirst()
                .map(member -> WhatsAppForm.other("z_api_" + member, callback.path(member)))
                .orElseGet(() -> WhatsAppForm.other("z_api_message", Json.object()));
    }
}
