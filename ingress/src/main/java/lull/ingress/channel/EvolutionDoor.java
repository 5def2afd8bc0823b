package lull.ingress.channel;

import static lull.ingress.channel.Members.flag;
import static lull.ingress.channel.Members.text;
import static lull.ingress.channel.Members.textOrEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import lull.contract.Channel;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.ContentKind;
import lull.contract.message.Message;
import lull.contract.message.Source;
import lull.ingress.channel.WhatsAppForm.File;
import org.jspecify.annotations.Nullable;

/// Door of webhooks of the Evolution API: messages, edits and deletions. Groups, newsletters, statuses, and what the
/// business itself has sent are ignored. Nothing but a message's content is kept: its webhooks hold a key of the API.
public final class EvolutionDoor implements ChannelDoor {

    private static final String PERSON = "@s.whatsapp.net";

    private static final Map<String, ContentKind> FILES = Map.of(
            "imageMessage", ContentKind.IMAGE,
            "videoMessage", ContentKind.VIDEO,
            "ptvMessage", ContentKind.VIDEO,
            "audioMessage", ContentKind.AUDIO,
            "documentMessage", ContentKind.DOCUMENT,
            "stickerMessage", ContentKind.STICKER);

    /// Members that hold a message inside.
    private static final List<String> ENVELOPES = List.of(
            "ephemeralMessage", "viewOnceMessage", "viewOnceMessageV2", "documentWithCaptionMessage", "editedMessage");

    private static final int MAX_ENVELOPES = 5;

    private final Account account;

    /// @param name of the channel
    public EvolutionDoor(String name) {
        this.account = new Account(new Channel(Channel.Kind.EVOLUTION, name, ""));
    }

    @Override
    public Reading read(byte[] body, Instant receivedAt, Source source) {
        JsonNode webhook;
        try {
            webhook = Json.tree(body);
        } catch (UnreadableJson e) {
            return new Reading.Wrong(List.of("The body is not JSON"));
        }
        String event = textOrEmpty(webhook, "event").toLowerCase(Locale.ROOT).replace('_', '.');
        if (event.isEmpty()) {
            return new Reading.Wrong(List.of("event is needed"));
        }
        List<Message> messages = new ArrayList<>();
        List<Ignored> ignored = new ArrayList<>();
        JsonNode data = webhook.path("data");
        List<JsonNode> all = data.isArray() ? data.valueStream().toList() : List.of(data);
        for (JsonNode one : all) {
            switch (message(event, one, receivedAt, source)) {
                case Part.Read(Message message) -> messages.add(message);
                case Part.Left(Ignored why) -> ignored.add(why);
            }
        }
        return new Reading.Accepted(messages, List.of(), ignored, null);
    }

    /// What a part of a webhook is.
    private sealed interface Part {
        record Read(Message message) implements Part {}

        record Left(Ignored why) implements Part {}
    }

    private Part message(String event, JsonNode data, Instant receivedAt, Source source) {
        boolean isDeleted = event.equals("messages.delete");
        boolean isEdited = event.equals("messages.edited");
        if (!isDeleted && !isEdited && !event.equals("messages.upsert")) {
            return new Part.Left(Ignored.EVENT);
        }
        // A deletion may have the key itself.
        JsonNode key = data.path("key").isObject() ? data.path("key") : data;
        String id = text(key, "id");
        String jid = textOrEmpty(key, "remoteJid");
        if (flag(key, "fromMe")) {
            return new Part.Left(Ignored.FROM_BUSINESS);
        }
        Optional<Customer> customer = customer(key, jid, text(data, "pushName"));
        if (customer.isEmpty()) {
            return new Part.Left(jid.isEmpty() ? Ignored.EVENT : Ignored.GROUP);
        }
        if (id == null || id.length() > 200) {
            return new Part.Left(Ignored.EVENT);
        }
        Instant sentAt = Account.seconds(textOrEmpty(data, "messageTimestamp"), receivedAt);
        JsonNode message = data.path("message");
        JsonNode protocol = message.path("protocolMessage");
        Content content;
        if (isDeleted) {
            content = new Content("delete/" + id, WhatsAppForm.revoke(account.id(id)));
        } else if (isEdited) {
            JsonNode edited = data.path("editedMessage").isObject() ? data.path("editedMessage") : message;
            content = new Content(
                    "edit/" + id + "/" + textOrEmpty(data, "messageTimestamp"),
                    WhatsAppForm.edit(account.id(id), content(edited, id)));
        } else if (protocol.isObject()) {
            Optional<ObjectNode> change = change(protocol);
            if (change.isEmpty()) {
                return new Part.Left(Ignored.EVENT);
            }
            content = new Content(id, change.get());
        } else if (!message.isObject() || message.isEmpty()) {
            return new Part.Left(Ignored.WITHOUT_CONTENT);
        } else {
            content = new Content(id, context(data, content(message, id)));
        }
        Customer person = customer.get();
        String phone = person.phone();
        return new Part.Read(account.message(
                new Account.Envelope(
                        content.ownId(), phone != null ? phone : String.valueOf(person.userId()), person, sentAt),
                content.form(),
                receivedAt,
                source));
    }

    /// A content and the id of its message.
    private record Content(String ownId, ObjectNode form) {}

    /// Returns who wrote; empty for everything that is not one person.
    private static Optional<Customer> customer(JsonNode key, String jid, @Nullable String name) {
        for (String member : List.of("remoteJid", "remoteJidAlt", "senderPn")) {
            String phone = digits(textOrEmpty(key, member), PERSON);
            if (phone != null && (jid.endsWith(PERSON) || jid.endsWith(Account.HIDDEN))) {
                return Optional.of(new Customer(null, phone, name));
            }
        }
        String hidden = digits(jid, Account.HIDDEN);
        return hidden == null
                ? Optional.empty()
                : Optional.of(new Customer(hidden + Account.HIDDEN_CUSTOMER, null, name));
    }

    /// Returns the digits of an id of WhatsApp Web, without the number of the device.
    private static @Nullable String digits(String jid, String server) {
        if (!jid.endsWith(server)) {
            return null;
        }
        String user = jid.substring(0, jid.length() - server.length()).split(":", 2)[0];
        return user.matches("[0-9]{5,30}") ? user : null;
    }

    private Optional<ObjectNode> change(JsonNode protocol) {
        String ownId = textOrEmpty(protocol.path("key"), "id");
        String target = account.id(ownId);
        String type = textOrEmpty(protocol, "type");
        if (type.equals("REVOKE") || type.equals("0")) {
            return Optional.of(WhatsAppForm.revoke(target));
        }
        return protocol.path("editedMessage").isObject()
                ? Optional.of(WhatsAppForm.edit(target, content(protocol.path("editedMessage"), ownId)))
                : Optional.empty();
    }

    private ObjectNode context(JsonNode data, ObjectNode content) {
        JsonNode context = data.path("contextInfo").isObject() ? data.path("contextInfo") : innerContext(data);
        String target = text(context, "stanzaId");
        return WhatsAppForm.context(content, target == null ? null : account.id(target), flag(context, "isForwarded"));
    }

    private static JsonNode innerContext(JsonNode data) {
        for (JsonNode part : data.path("message")) {
            if (part.path("contextInfo").isObject()) {
                return part.path("contextInfo");
            }
        }
        return Json.object();
    }

    /// @param id of the message, by which a file in it is fetched
    private ObjectNode content(JsonNode given, String id) {
        JsonNode message = unwrapped(given);
        String text = text(message, "conversation");
        if (text == null) {
            text = text(message.path("extendedTextMessage"), "text");
        }
        if (text != null) {
            return WhatsAppForm.text(text);
        }
        return file(message, id)
                .or(() -> place(message))
                .or(() -> contacts(message))
                .or(() -> reaction(message.path("reactionMessage")))
                .or(() -> choice(message))
                .orElseGet(() -> other(message));
    }

    private static JsonNode unwrapped(JsonNode message) {
        JsonNode inner = message;
        for (int i = 0; i < MAX_ENVELOPES; i++) {
            JsonNode outer = inner;
            inner = ENVELOPES.stream()
                    .map(member -> outer.path(member).path("message"))
                    .filter(JsonNode::isObject)
                    .findFirst()
                    .orElse(outer);
        }
        return inner;
    }

    /// A file has an encrypted address, so it is fetched by the id of its message.
    private static Optional<ObjectNode> file(JsonNode message, String id) {
        return FILES.entrySet().stream()
                .filter(kind -> message.path(kind.getKey()).isObject())
                .findFirst()
                .map(kind -> {
                    JsonNode file = message.path(kind.getKey());
                    String name = text(file, "fileName");
                    return WhatsAppForm.file(new File(
                            kind.getValue(),
                            id,
                            text(file, "mimetype"),
                            text(file, "caption"),
                            kind.getValue() == ContentKind.DOCUMENT ? name == null ? text(file, "title") : name : null,
                            flag(file, "ptt"),
                            flag(file, "isAnimated")));
                });
    }

    private static Optional<ObjectNode> place(JsonNode message) {
        JsonNode place = message.path("locationMessage").isObject()
                ? message.path("locationMessage")
                : message.path("liveLocationMessage");
        return place.isObject()
                ? Optional.of(WhatsAppForm.location(
                        place.path("degreesLatitude"),
                        place.path("degreesLongitude"),
                        text(place, "name"),
                        text(place, "address")))
                : Optional.empty();
    }

    private static Optional<ObjectNode> contacts(JsonNode message) {
        JsonNode one = message.path("contactMessage");
        JsonNode first = one.isObject()
                ? one
                : message.path("contactsArrayMessage").path("contacts").path(0);
        if (!first.isObject()) {
            return Optional.empty();
        }
        String vcard = text(first, "vcard");
        return Optional.of(
                vcard == null ? WhatsAppForm.contact(text(first, "displayName"), null) : WhatsAppForm.vcard(vcard));
    }

    private Optional<ObjectNode> reaction(JsonNode reaction) {
        return reaction.isObject()
                ? Optional.of(WhatsAppForm.reaction(
                        account.id(textOrEmpty(reaction.path("key"), "id")), text(reaction, "text")))
                : Optional.empty();
    }

    private static Optional<ObjectNode> choice(JsonNode message) {
        JsonNode button = message.path("buttonsResponseMessage");
        JsonNode template = message.path("templateButtonReplyMessage");
        JsonNode row = message.path("listResponseMessage");
        if (button.isObject()) {
            return Optional.of(choice(text(button, "selectedButtonId"), text(button, "selectedDisplayText")));
        }
        if (template.isObject()) {
            return Optional.of(choice(text(template, "selectedId"), text(template, "selectedDisplayText")));
        }
        return row.isObject()
                ? Optional.of(choice(text(row.path("singleSelectReply"), "selectedRowId"), text(row, "title")))
                : Optional.empty();
    }

    private static ObjectNode choice(@Nullable String id, @Nullable String title) {
        String shown = title != null ? title : id != null ? id : "";
        return WhatsAppForm.choice(id != null ? id : shown, shown);
    }

    /// Returns a content that Lull does not know, by its name only: it may hold pictures and keys.
    private static ObjectNode other(JsonNode message) {
        String type = message.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> name.matches("[A-Za-z0-9]{1,60}") && !name.equals("messageContextInfo"))
                .findFirst()
                .orElse("message");
        JsonNode poll = message.path(type).path("name");
        ObjectNode content = Json.object();
        if (poll.isTextual()) {
            content.set("name", poll);
        }
        return WhatsAppForm.other("evolution_" + type, content);
    }
}
