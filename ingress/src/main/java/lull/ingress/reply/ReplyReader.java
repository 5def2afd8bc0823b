package lull.ingress.reply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import lull.contract.Channel;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.application.HandOver;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.reply.Beginning;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyContent.Media;
import lull.contract.reply.ReplyIds;
import lull.contract.reply.ReplyOrigin;
import lull.contract.reply.request.CheckedObject;
import lull.contract.reply.request.ContentReader;
import lull.runtime.Sha256;
import lull.whatsapp.WhatsAppMediaType;
import lull.whatsapp.channel.ChannelSettings;
import org.jspecify.annotations.Nullable;

/// Reader of an application's request for a reply, over HTTP or from a queue: recipient, business
/// number and content. Pure.
public final class ReplyReader {

    private static final Pattern PHONE = Pattern.compile("[1-9][0-9]{4,14}");
    private static final Pattern USER_ID = Pattern.compile("[A-Z]{2}\\.[A-Za-z0-9._-]{1,130}");
    private static final Pattern GROUP = Pattern.compile("group:[A-Za-z0-9+/=_.@-]{1,128}");

    /// A customer of a channel besides WhatsApp.
    private static final Pattern CUSTOMER_OF_CHANNEL = Pattern.compile("[\\x21-\\x7e&&[^|]]{1,128}");

    /// A customer of WhatsApp of whom the phone number is hidden.
    private static final Pattern LID = Pattern.compile("[0-9]{5,30}\\.lid");

    private static final int LONGEST_BY = 256;

    private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /// How the stand-in for WhatsApp's id of a file begins.
    private static final String DIGEST = "sha256-";

    private final Senders senders;

    /// Business numbers that send replies whose request names none, and the channels besides WhatsApp
    /// that can send any.
    ///
    /// @param number for all others; empty if there is none
    /// @param ofApps by the app's name; empty for an app that has none of its own
    /// @param channels as `<kind>.<name>`
    public record Senders(Optional<String> number, Map<String, Optional<String>> ofApps, Set<String> channels) {
        public Senders {
            ofApps = Map.copyOf(ofApps);
            channels = Set.copyOf(channels);
        }

        /// For requests that name no app.
        public static Senders of(Optional<String> number) {
            return new Senders(number, Map.of(), Set.of());
        }

        /// Returns why no reply can be sent in the name of a business number; empty if one can.
        Optional<String> problem(String businessNumber) {
            Channel channel = Channel.of(businessNumber);
            if (channel.isWhatsApp()) {
                return Optional.empty();
            }
            String known = new Channel(channel.kind(), channel.name(), "").businessNumber();
            return channels.contains(known)
                    ? Optional.empty()
                    : Optional.of("names the channel " + known + ", which is not configured: "
                            + ChannelSettings.CHANNELS.name() + " does not have this name, or it has another kind");
        }
    }

    /// Result of reading a request.
    public sealed interface ReadResult {

        record Asked(Reply reply) implements ReadResult {}

        /// The request cannot be accepted.
        ///
        /// @param problems all problems, for the sender
        record Wrong(List<String> problems) implements ReadResult {}
    }

    private record Addressee(ConversationKey conversation, Customer customer) {}

    /// Who asks for a reply.
    ///
    /// @param key makes a repeated request the same reply
    /// @param app absent if the request names none
    private record Asking(@Nullable String key, @Nullable String app) {}

    public ReplyReader(Senders senders) {
        this.senders = senders;
    }

    static boolean isBusinessNumber(String text) {
        return Channel.isBusinessNumber(text);
    }

    /// Reads the body of `POST /replies`.
    public ReadResult read(@Nullable String idempotencyKey, byte[] body, Instant requestedAt) {
        List<String> problems = new ArrayList<>();
        checkKey(idempotencyKey, problems);
        Optional<ObjectNode> object = object(body, problems);
        return object.isEmpty()
                ? new ReadResult.Wrong(problems)
                : read(new Asking(idempotencyKey, null), object.get(), problems, requestedAt);
    }

    /// Reads the form of `POST /replies`: the JSON has `"file": "<name of the part>"` in place of id
    /// and link. In the reply a digest of the file stands in place of WhatsApp's id, so that the same
    /// request is the same reply however often its file is uploaded; [ReplyFiles#upload] replaces it.
    ///
    /// @param maxBytes of a file
    ReadResult readForm(@Nullable String idempotencyKey, ReplyForm form, int maxBytes, Instant requestedAt) {
        List<String> problems = new ArrayList<>();
        checkKey(idempotencyKey, problems);
        Optional<ObjectNode> object = object(form.request(), problems);
        if (object.isEmpty()) {
            return new ReadResult.Wrong(problems);
        }
        putDigest(object.get(), form.file(), maxBytes, problems);
        ReadResult result = read(new Asking(idempotencyKey, null), object.get(), problems, requestedAt);
        return result instanceof ReadResult.Asked(Reply reply)
                        && !Channel.of(reply.conversation()).isWhatsApp()
                ? new ReadResult.Wrong(List.of("A file cannot be uploaded to the channel "
                        + Channel.of(reply.conversation()).name() + ": give a link to the file in its place"))
                : result;
    }

    private static void putDigest(ObjectNode request, ReplyForm.Attached file, int maxBytes, List<String> problems) {
        String type = request.path("message").path("type").asText("");
        Optional<Media.Kind> kind = Media.Kind.find(type);
        String place = "message." + type;
        if (kind.isEmpty() || !(request.path("message").path(type) instanceof ObjectNode media)) {
            problems.add("message must be an image, a video, audio, a document or a sticker, as a file is attached");
            return;
        }
        if (media.has("id") || media.has("link")) {
            problems.add(place + ".file does not go with id or link");
        }
        if (!media.path("file").asText("").equals(file.part())) {
            problems.add(place + ".file must be the name of the part with the file");
        }
        if (file.bytes().length == 0) {
            problems.add("The file is empty");
        }
        if (file.bytes().length > maxBytes) {
            problems.add("A file may have at most " + maxBytes + " bytes");
        }
        WhatsAppMediaType.problem(kind.get(), file.contentType(), file.bytes().length)
                .ifPresent(accepted -> problems.add("The file must be " + accepted
                        + ", as WhatsApp accepts nothing else as " + type
                        + "; its part says what it is in the header Content-Type"));
        media.remove(List.of("file", "link"));
        media.put("id", DIGEST + Sha256.hex(file.bytes()));
    }

    /// Reads the body of `POST /conversations`: a template, and what an agent should know when the
    /// customer answers.
    public ReadResult readBeginning(@Nullable String idempotencyKey, byte[] body, Instant requestedAt) {
        List<String> problems = new ArrayList<>();
        checkKey(idempotencyKey, problems);
        Optional<ObjectNode> object = object(body, problems);
        if (object.isEmpty()) {
            return new ReadResult.Wrong(problems);
        }
        CheckedObject request = new CheckedObject(object.get(), "", problems);
        Optional<Addressee> addressee = addressee(request, null);
        addressee.ifPresent(one -> requirePerson(one, request));
        Optional<ReplyContent> template = ContentReader.readTemplate(request);
        Beginning beginning = beginning(request);
        request.nothingElse();
        if (!problems.isEmpty() || addressee.isEmpty() || template.isEmpty() || idempotencyKey == null) {
            return new ReadResult.Wrong(problems);
        }
        ConversationKey conversation = addressee.get().conversation();
        return new ReadResult.Asked(new Reply(
                        id(conversation, idempotencyKey),
                        conversation,
                        addressee.get().customer(),
                        new ReplyOrigin.Application(null),
                        template.get(),
                        requestedAt)
                .beginning(beginning));
    }

    private static void requirePerson(Addressee addressee, CheckedObject request) {
        if (!Channel.of(addressee.conversation()).isWhatsApp()) {
            request.problem(
                    request.has("to") ? "from" : "conversation",
                    "must have a business number of WhatsApp: other channels have no templates");
        } else if (addressee.conversation().isGroup()) {
            request.problem("conversation", "must be that of one person, not of a group");
        }
    }

    private static Beginning beginning(CheckedObject request) {
        String by = request.textIfThere("by", LONGEST_BY);
        if (by != null && by.chars().anyMatch(Character::isISOControl)) {
            request.problem("by", "must be one line");
        }
        String note = request.textIfThere("note", HandOver.LONGEST_NOTE);
        SortedMap<String, String> attributes = new TreeMap<>();
        request.optionalObject("attributes").ifPresent(given -> {
            for (String name : given.names()) {
                String value = given.optionalText(name, CheckedObject.ANY_LENGTH);
                if (HandOver.isAttribute(name)) {
                    attributes.put(name, value == null ? "" : value);
                } else {
                    given.problem(name, "must have a name of up to 127 letters, digits, - and _");
                }
            }
            if (!HandOver.accepted(attributes).keySet().containsAll(attributes.keySet())) {
                request.problem(
                        "attributes",
                        "must be at most " + HandOver.MOST_ATTRIBUTES + ", with " + HandOver.MOST_ATTRIBUTE_BYTES
                                + " bytes together");
            }
        });
        return new Beginning(by, note, attributes);
    }

    /// Reads a message of a queue: the body of `POST /replies`, or the short form
    /// `{"app_id":"…","phone_number":"…","message_to_send":"…"}`. In both, `id` may take the place of
    /// the header Idempotency-Key; without it the id of the message does.
    public ReadResult readQueued(String messageId, byte[] body, Instant requestedAt) {
        List<String> problems = new ArrayList<>();
        Optional<ObjectNode> object = object(body, problems);
        if (object.isEmpty()) {
            return new ReadResult.Wrong(problems);
        }
        CheckedObject queued = new CheckedObject(object.get(), "", problems);
        String id = queued.textIfThere("id", CheckedObject.ANY_LENGTH);
        if (id != null && !IDEMPOTENCY_KEY.matcher(id).matches()) {
            queued.problem("id", "must have 1 to 255 visible ASCII characters");
        }
        String key = id == null ? messageId : id;
        if (!queued.has("message_to_send")) {
            object.get().remove("id");
            return read(new Asking(key, null), object.get(), problems, requestedAt);
        }
        String app = queued.text("app_id", CheckedObject.ANY_LENGTH);
        String phone = queued.text("phone_number", CheckedObject.ANY_LENGTH);
        String text = queued.text("message_to_send", CheckedObject.ANY_LENGTH);
        queued.nothingElse();
        if (!app.isBlank() && !senders.ofApps().containsKey(app)) {
            queued.problem("app_id", "must be an app of whatsapp.apps, or the default app");
        }
        ObjectNode request = Json.object();
        request.putObject("to").put("phone", phone);
        request.putObject("message").put("type", "text").putObject("text").put("body", text);
        return problems.isEmpty()
                ? read(new Asking(key, app), request, problems, requestedAt)
                : new ReadResult.Wrong(problems);
    }

    private static void checkKey(@Nullable String idempotencyKey, List<String> problems) {
        if (idempotencyKey == null || !IDEMPOTENCY_KEY.matcher(idempotencyKey).matches()) {
            problems.add("The header Idempotency-Key is needed, with 1 to 255 visible ASCII characters");
        }
    }

    private static Optional<ObjectNode> object(byte[] body, List<String> problems) {
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

    private ReadResult read(Asking asking, ObjectNode object, List<String> problems, Instant requestedAt) {
        CheckedObject request = new CheckedObject(object, "", problems);
        Optional<Addressee> addressee = addressee(request, asking.app());
        Optional<CheckedObject> message = request.object("message");
        Optional<ReplyContent> content = message.flatMap(ContentReader::read);
        String quoted = message.map(ReplyReader::quoted).orElse(null);
        message.filter(_ -> content.isPresent()).ifPresent(CheckedObject::nothingElse);
        request.nothingElse();
        String key = asking.key();
        if (!problems.isEmpty() || addressee.isEmpty() || content.isEmpty() || key == null) {
            return new ReadResult.Wrong(problems);
        }
        ConversationKey conversation = addressee.get().conversation();
        return new ReadResult.Asked(new Reply(
                id(conversation, key),
                conversation,
                addressee.get().customer(),
                new ReplyOrigin.Application(asking.app()),
                content.get(),
                requestedAt,
                quoted));
    }

    /// The same for the same key in the same conversation, so that a repeated request is one reply.
    private static String id(ConversationKey conversation, String idempotencyKey) {
        return ReplyIds.ofApplication(Sha256.hex(conversation + "\n" + idempotencyKey));
    }

    private static @Nullable String quoted(CheckedObject message) {
        Optional<CheckedObject> context = message.optionalObject("context");
        if (context.isEmpty()) {
            return null;
        }
        String quoted = context.get().text("message_id", CheckedObject.ANY_LENGTH);
        context.get().nothingElse();
        if (message.has("reaction")) {
            message.problem("context", "does not go with reaction");
        }
        return quoted;
    }

    private Optional<Addressee> addressee(CheckedObject request, @Nullable String app) {
        if (request.has("conversation") == request.has("to")) {
            request.problem("conversation", "or to is needed, and not both");
        }
        Optional<Addressee> byKey = request.has("conversation") ? byConversation(request) : Optional.empty();
        Optional<Addressee> byIds = request.has("to") ? byIds(request, app) : Optional.empty();
        if (request.textIfThere("from", CheckedObject.ANY_LENGTH) != null && !request.has("to")) {
            request.problem("from", "is allowed only with to; a conversation contains its number");
        }
        return byKey.or(() -> byIds);
    }

    private Optional<Addressee> byConversation(CheckedObject request) {
        String text = request.text("conversation", CheckedObject.ANY_LENGTH);
        int separator = text.indexOf('|');
        String number = separator < 0 ? "" : text.substring(0, separator);
        String customer = text.substring(separator + 1);
        Optional<Customer> person = isBusinessNumber(number) ? customer(number, customer) : Optional.empty();
        if (person.isEmpty()) {
            if (!text.isBlank()) {
                request.problem(
                        "conversation",
                        "must be written <phone_number_id>|<customer>, the customer as digits of a phone number, user"
                                + " id or group:<id>; other channels have <kind>.<name> in place of the"
                                + " phone_number_id");
            }
            return Optional.empty();
        }
        senders.problem(number).ifPresent(problem -> request.problem("conversation", problem));
        return Optional.of(new Addressee(new ConversationKey(number, customer), person.get()));
    }

    /// Returns whom a conversation names, a person or a group; empty if it is neither.
    public static Optional<Customer> customer(ConversationKey conversation) {
        return customer(conversation.businessNumber(), conversation.customer());
    }

    private static Optional<Customer> customer(String number, String text) {
        Channel channel = Channel.of(number);
        boolean isPhone = channel.isWhatsApp() || channel.title().equals(Channel.Kind.WHATSAPP.title());
        if (!isPhone && CUSTOMER_OF_CHANNEL.matcher(text).matches()) {
            return Optional.of(new Customer(text.startsWith("group:") ? null : text, null, null));
        }
        if (!channel.isWhatsApp() && LID.matcher(text).matches()) {
            return Optional.of(new Customer(text, null, null));
        }
        if (PHONE.matcher(text).matches()) {
            return Optional.of(new Customer(null, text, null));
        }
        if (USER_ID.matcher(text).matches()) {
            return Optional.of(new Customer(text, null, null));
        }
        return GROUP.matcher(text).matches() ? Optional.of(new Customer(null, null, null)) : Optional.empty();
    }

    private Optional<Addressee> byIds(CheckedObject request, @Nullable String app) {
        Optional<String> number = number(request, app);
        Optional<CheckedObject> to = request.object("to");
        if (to.isEmpty()) {
            return Optional.empty();
        }
        CheckedObject ids = to.get();
        String phone = ids.textIfThere("phone", CheckedObject.ANY_LENGTH);
        String userId = ids.textIfThere("userId", CheckedObject.ANY_LENGTH);
        if (ids.has("conversation")) {
            ids.problem("conversation", "belongs beside to, instead of it");
            ids.textIfThere("conversation", CheckedObject.ANY_LENGTH);
        } else if (phone == null && userId == null) {
            ids.problem("phone", "or to.userId is needed");
        }
        ids.nothingElse();
        if (phone != null) {
            phone = phone.strip().replaceFirst("^\\+", "").replaceAll("[ -]", "");
            if (!PHONE.matcher(phone).matches()) {
                ids.problem("phone", "must be a phone number with its country code, of 5 to 15 digits");
            }
        }
        boolean isOfChannel =
                number.filter(text -> !Channel.of(text).isWhatsApp()).isPresent();
        if (userId != null
                && !(isOfChannel ? CUSTOMER_OF_CHANNEL : USER_ID)
                        .matcher(userId)
                        .matches()) {
            ids.problem("userId", "must be a user id such as US.13491208655302741918");
        }
        String customer = userId != null ? userId : phone;
        if (number.isEmpty() || customer == null || customer.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(
                new Addressee(new ConversationKey(number.get(), customer), new Customer(userId, phone, null)));
    }

    private Optional<String> number(CheckedObject request, @Nullable String app) {
        String from = request.textIfThere("from", CheckedObject.ANY_LENGTH);
        if (from == null) {
            Optional<String> ofApp =
                    app == null ? Optional.empty() : senders.ofApps().getOrDefault(app, Optional.empty());
            Optional<String> number = ofApp.or(senders::number);
            if (number.isEmpty()) {
                request.problem(
                        app == null ? "from" : "app_id",
                        app == null
                                ? "is needed, as " + ReplySettings.BUSINESS_NUMBER.name() + " names no business number"
                                : "has no business number: set " + ReplySettings.BUSINESS_NUMBER.name() + " or "
                                        + ReplySettings.BUSINESS_NUMBER.name() + "." + app);
            }
            return number;
        }
        if (!isBusinessNumber(from)) {
            request.problem("from", "must be a phone_number_id, which is digits, or <kind>.<name> of another channel");
            return Optional.empty();
        }
        senders.problem(from).ifPresent(problem -> request.problem("from", problem));
        return Optional.of(from);
    }
}
