package lull.ingress.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import lull.contract.Channel;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.Timestamps;
import lull.contract.json.UnreadableJson;
import lull.contract.message.ContentKind;
import lull.contract.message.Message;
import lull.contract.message.Source;
import lull.contract.reply.request.CheckedObject;
import lull.runtime.http.LocalHost;
import org.jspecify.annotations.Nullable;

/// Door of channels that speak Lull's own JSON, which `docs/channels.md` describes. It accepts a request whole or not
/// at all, and reports every problem of it.
public final class JsonDoor implements ChannelDoor {

    /// The maximum number of messages in a request.
    static final int MAX_MESSAGES = 100;

    /// The form of an id of a message.
    static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,200}");

    /// The form of ids by which a customer can be erased.
    private static final Pattern CUSTOMER = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]{4,127}");

    private static final Pattern GROUP = Pattern.compile("[\\x21-\\x7e&&[^|]]{1,120}");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9]{5,20}");
    private static final Pattern ACCOUNT = Pattern.compile(Channel.ACCOUNT);
    private static final int MAX_TEXT = 65_536;
    private static final int MAX_LINE = 1_000;
    private static final int MAX_URL = 2_000;

    private final String name;

    /// @param name of the channel
    public JsonDoor(String name) {
        this.name = name;
    }

    @Override
    public Reading read(byte[] body, Instant receivedAt, Source source) {
        List<String> problems = new ArrayList<>();
        Optional<ObjectNode> object = object(body, problems);
        List<Message> messages = new ArrayList<>();
        if (object.isPresent()) {
            CheckedObject request = new CheckedObject(object.get(), "", problems);
            Set<String> ids = new HashSet<>();
            for (CheckedObject message : request.objects("messages", 1, MAX_MESSAGES)) {
                Optional<Message> read = message(message, receivedAt, source);
                if (read.filter(one -> !ids.add(one.id())).isPresent()) {
                    message.problem("id", "is that of an earlier message of the request");
                }
                read.ifPresent(messages::add);
                message.nothingElse();
            }
            request.nothingElse();
        }
        return problems.isEmpty()
                ? new Reading.Accepted(
                        messages, List.of(), List.of(), Json.object().put("accepted", messages.size()))
                : new Reading.Wrong(problems);
    }

    /// Returns a body that is one object, with each name once.
    static Optional<ObjectNode> object(byte[] body, List<String> problems) {
        try {
            if (Json.strictTree(body) instanceof ObjectNode object) {
                return Optional.of(object);
            }
            problems.add("The body must be a JSON object");
        } catch (UnreadableJson e) {
            problems.add("The body is not JSON, or an object of it has a name twice");
        }
        return Optional.empty();
    }

    /// Returns the account that an object names, or the only one.
    static Account account(String name, CheckedObject object) {
        String account = object.textIfThere("account", MAX_LINE);
        boolean isAccount = account == null || ACCOUNT.matcher(account).matches();
        if (!isAccount) {
            object.problem("account", "must have 1 to 64 letters, digits, hyphens and underscores");
        }
        return new Account(new Channel(Channel.Kind.JSON, name, account == null || !isAccount ? "" : account));
    }

    /// Returns an id; empty text if it is none.
    static String id(CheckedObject object, String member) {
        String id = object.text(member, MAX_LINE);
        if (!id.isBlank() && !ID.matcher(id).matches()) {
            object.problem(member, "must have 1 to 200 visible ASCII characters");
            return "";
        }
        return id;
    }

    private Optional<Message> message(CheckedObject message, Instant receivedAt, Source source) {
        String id = id(message, "id");
        Account account = account(name, message);
        Optional<CheckedObject> from = message.object("from");
        Customer sender = from.map(JsonDoor::customer).orElse(new Customer(null, null, null));
        String group = message.textIfThere("group", MAX_LINE);
        boolean isGroup = group == null || GROUP.matcher(group).matches();
        if (!isGroup) {
            message.problem("group", "must have 1 to 120 visible ASCII characters, without |");
        }
        Instant sentAt = sentAt(message, receivedAt);
        String target = message.has("replyTo") ? id(message, "replyTo") : null;
        Optional<ObjectNode> content = content(account, message);
        String userId = sender.userId();
        if (id.isBlank() || userId == null || content.isEmpty() || !isGroup) {
            return Optional.empty();
        }
        ObjectNode raw = WhatsAppForm.context(
                content.get(), target == null || target.isBlank() ? null : account.id(target), false);
        if (group != null) {
            raw.put("group_id", group);
        }
        String number = account.channel().businessNumber();
        return Optional.of(account.message(
                new Account.Envelope(
                        id,
                        group == null
                                ? userId
                                : ConversationKey.ofGroup(number, group).customer(),
                        sender,
                        sentAt),
                raw,
                receivedAt,
                source));
    }

    private static Customer customer(CheckedObject from) {
        String id = from.text("id", MAX_LINE);
        if (!id.isBlank() && !CUSTOMER.matcher(id).matches()) {
            from.problem(
                    "id",
                    "must have 5 to 128 letters, digits, dots, hyphens and underscores, and begin with a letter or digit");
        }
        String phone = from.textIfThere("phone", MAX_LINE);
        if (phone != null && !PHONE.matcher(phone).matches()) {
            from.problem("phone", "must be 5 to 20 digits, with or without + before them");
        }
        String name = from.optionalText("name", MAX_LINE);
        String username = from.optionalText("username", MAX_LINE);
        from.nothingElse();
        return new Customer(
                id.isBlank() ? null : id, phone == null ? null : phone.replace("+", ""), name, null, username);
    }

    private static Instant sentAt(CheckedObject message, Instant receivedAt) {
        String text = message.textIfThere("sentAt", MAX_LINE);
        if (text == null) {
            return receivedAt;
        }
        Optional<Instant> time = Timestamps.ofIso(text);
        if (time.isEmpty()) {
            message.problem("sentAt", "must be a time such as 2026-11-26T18:00:03Z");
        }
        return time.orElse(receivedAt);
    }

    private static Optional<ObjectNode> content(Account account, CheckedObject message) {
        String type = message.text("type", MAX_LINE);
        if (!Set.of("text", "media", "location", "contacts", "reaction", "choice", "edit", "delete", "other")
                .contains(type)) {
            if (!type.isBlank()) {
                message.problem(
                        "type", "must be text, media, location, contacts, reaction, choice, edit, delete or other");
            }
            return Optional.empty();
        }
        if (type.equals("text")) {
            return Optional.of(WhatsAppForm.text(message.text("text", MAX_TEXT)));
        }
        if (type.equals("contacts")) {
            return Optional.of(contacts(message));
        }
        Optional<CheckedObject> inner = message.object(type);
        Optional<ObjectNode> content = inner.map(object -> switch (type) {
            case "media" -> file(object);
            case "location" -> location(object);
            case "reaction" ->
                WhatsAppForm.reaction(account.id(id(object, "target")), object.optionalText("emoji", 20));
            case "choice" -> choice(account, object);
            case "edit" ->
                WhatsAppForm.edit(account.id(id(object, "target")), WhatsAppForm.text(object.text("text", MAX_TEXT)));
            case "delete" -> WhatsAppForm.revoke(account.id(id(object, "target")));
            default -> WhatsAppForm.other("other", Json.object().put("text", object.text("text", MAX_TEXT)));
        });
        inner.ifPresent(CheckedObject::nothingElse);
        return content;
    }

    private static ObjectNode contacts(CheckedObject message) {
        ObjectNode content = Json.object().put("type", "contacts");
        for (CheckedObject card : message.objects("contacts", 1, 20)) {
            ObjectNode one = content.withArray("contacts").addObject();
            one.putObject("name").put("formatted_name", card.text("name", MAX_LINE));
            String phone = card.optionalText("phone", MAX_LINE);
            if (phone != null) {
                one.putArray("phones").addObject().put("phone", phone);
            }
            String email = card.optionalText("email", MAX_LINE);
            if (email != null) {
                one.putArray("emails").addObject().put("email", email);
            }
            card.nothingElse();
        }
        return content;
    }

    private static ObjectNode file(CheckedObject media) {
        String kind = media.text("kind", MAX_LINE);
        ContentKind read = ContentKind.of(kind.toLowerCase(Locale.ROOT));
        if (!kind.isBlank() && !read.isMedia()) {
            media.problem("kind", "must be image, video, audio, document or sticker");
        }
        String url = media.text("url", MAX_URL);
        if (!url.isBlank() && !isAddress(url)) {
            media.problem("url", "must be an address with https (http is allowed only on this machine)");
        }
        Boolean voice = media.flag("voice");
        return WhatsAppForm.file(new WhatsAppForm.File(
                read.isMedia() ? read : ContentKind.DOCUMENT,
                url,
                media.optionalText("mimeType", MAX_LINE),
                media.optionalText("caption", MAX_TEXT),
                media.optionalText("filename", MAX_LINE),
                Boolean.TRUE.equals(voice),
                false));
    }

    private static boolean isAddress(String url) {
        try {
            URI address = URI.create(url);
            return address.getHost() != null
                    && ("https".equalsIgnoreCase(address.getScheme())
                            || ("http".equalsIgnoreCase(address.getScheme()) && LocalHost.isAt(address)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static ObjectNode location(CheckedObject place) {
        JsonNode latitude = Json.object().numberNode(place.number("latitude", -90, 90));
        JsonNode longitude = Json.object().numberNode(place.number("longitude", -180, 180));
        return WhatsAppForm.location(
                latitude, longitude, place.optionalText("name", MAX_LINE), place.optionalText("address", MAX_LINE));
    }

    private static ObjectNode choice(Account account, CheckedObject choice) {
        ObjectNode content = WhatsAppForm.choice(choice.text("id", MAX_LINE), choice.text("title", MAX_LINE));
        @Nullable String target = choice.has("target") ? id(choice, "target") : null;
        return WhatsAppForm.context(content, target == null || target.isBlank() ? null : account.id(target), false);
    }
}
