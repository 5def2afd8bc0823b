package lull.ingress.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.PhoneForms;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Answer;
import lull.contract.message.Message;
import lull.contract.message.MessageStatus;
import lull.contract.message.Source;
import lull.runtime.Sha256;
import org.jspecify.annotations.Nullable;

/// Reader of the messages and statuses of one `messages` value: who wrote to which business number.
/// Contacts are found by the ids that they share with a message, never by their position; since 2026
/// either id may be missing. If no contact has the sender's phone number, the contact with another form
/// of it is used, if there is only one.
final class ValueReader {

    /// The format in which a sent reply carries its conversation, which its statuses return: `1|reply
    /// id|conversation`.
    private static final String CALLBACK_VERSION = "1";

    private static final String CALLBACK_DATA = "biz_opaque_callback_data";

    private static final String SENT = "sent";

    private static final String UNKNOWN_NUMBER = "unknown";

    private final Business business;
    private final List<Contact> contacts;
    private final Map<String, Contact> byPhone = new HashMap<>();
    private final Map<String, Contact> byUser = new HashMap<>();
    private final Supplier<People> people;
    private @Nullable People knownPeople;
    private final Set<RawJson> matched = new LinkedHashSet<>();

    /// An entry of `contacts`.
    record Contact(RawJson piece, JsonNode tree) {}

    /// Phone numbers and user ids in a value outside its contacts.
    ///
    /// @param senders of messages, if the messages name them
    /// @param recipients of the messages that statuses report on
    record People(Set<String> senders, Set<String> recipients) {

        boolean have(String id) {
            return senders.contains(id) || recipients.contains(id);
        }
    }

    /// Creates a reader of the values of a business number.
    ///
    /// @param people who is named in the value besides the contacts; computed only if needed
    ValueReader(Business business, List<Contact> contacts, Supplier<People> people) {
        this.business = business;
        this.contacts = new ArrayList<>(contacts);
        this.people = people;
        for (Contact contact : contacts) {
            Texts.of(contact.tree(), "wa_id").ifPresent(id -> byPhone.putIfAbsent(id, contact));
            Texts.of(contact.tree(), "user_id").ifPresent(id -> byUser.putIfAbsent(id, contact));
        }
    }

    /// Returns the business number of a value. If its metadata has none, the account is used instead.
    static Business business(UnconsumedMembers metadata, String account, Arns arns) {
        Optional<String> display = metadata.text("display_phone_number");
        String number = metadata.text("phone_number_id")
                .or(() -> display)
                .or(() -> account.isBlank() ? Optional.empty() : Optional.of(account))
                .orElse(UNKNOWN_NUMBER)
                .replace('|', '_');
        return new Business(
                number,
                display.orElse(null),
                account.isBlank() ? null : account,
                arns.of(number).orElse(null));
    }

    Message message(JsonNode tree, Instant receivedAt, Source source) throws UnreadableJson {
        Optional<Contact> contact = contactOf(tree);
        JsonNode known = contact.map(Contact::tree).orElse(MissingNode.getInstance());
        Optional<String> userId = Texts.of(tree, "from_user_id").or(() -> Texts.of(known, "user_id"));
        Optional<String> phone = Texts.of(tree, "from").or(() -> Texts.of(known, "wa_id"));
        String id = Texts.of(tree, "id").orElseGet(() -> digest(tree));
        // A notice of a changed id that names no sender belongs to the conversation of the old id.
        JsonNode notice = tree.path("system");
        Supplier<String> otherwise = () -> Texts.of(notice, "previous_user_id")
                .or(() -> Texts.of(notice, "customer"))
                .or(() -> Texts.of(notice, "user_id"))
                .or(() -> Texts.of(notice, "wa_id"))
                .orElse("unidentified:" + id);
        ConversationKey conversation = Texts.of(tree, "group_id")
                .map(group -> ConversationKey.ofGroup(business.phoneNumberId(), group))
                .orElseGet(() -> new ConversationKey(
                        business.phoneNumberId(), userId.or(() -> phone).orElseGet(otherwise)));
        return new Message(
                id,
                conversation,
                receivedAt,
                source,
                business,
                customer(tree, known, userId, phone),
                verbatim(contact),
                tree);
    }

    MessageStatus status(RawJson piece, JsonNode tree, Instant receivedAt, Source source) throws UnreadableJson {
        Optional<String> callback = Texts.of(tree, CALLBACK_DATA);
        String id = Texts.of(tree, "id").orElseGet(() -> digest(tree));
        Optional<String> phone = Texts.of(tree, "recipient_id");
        Optional<String> userId = Texts.of(tree, "recipient_user_id");
        Optional<Contact> contact = contactOf(phone, userId);
        contact.map(Contact::piece).ifPresent(matched::add);
        Optional<String> knownUser = userId.or(() -> contact.flatMap(known -> Texts.of(known.tree(), "user_id")));
        return new MessageStatus(
                id,
                Texts.of(tree, "status").orElse(""),
                callback.flatMap(this::conversationOf).orElseGet(() -> recipient(tree, id, knownUser.or(() -> phone))),
                receivedAt,
                source,
                business,
                callback.orElse(null),
                verbatim(contact),
                Json.verbatim(piece.text()));
    }

    /// Returns the answer that a status reports: a reply of Lull's, to a conversation of this business
    /// number, that WhatsApp has sent. Empty for every other status.
    Optional<Answer> answer(JsonNode status, Instant receivedAt) {
        if (!Texts.of(status, "status").orElse("").equals(SENT)) {
            return Optional.empty();
        }
        return Texts.of(status, CALLBACK_DATA)
                .flatMap(this::conversationOf)
                .map(conversation -> new Answer(conversation, Message.sentAt(status, receivedAt)));
    }

    /// Returns the contacts that belong to none of the messages and statuses that were read.
    List<RawJson> unmatched() {
        return contacts.stream()
                .map(Contact::piece)
                .filter(piece -> !matched.contains(piece))
                .toList();
    }

    static String digest(JsonNode raw) {
        return digest(raw.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Customer customer(
            JsonNode message, JsonNode contact, Optional<String> userId, Optional<String> phone) {
        JsonNode profile = contact.path("profile");
        return new Customer(
                userId.orElse(null),
                phone.orElse(null),
                Texts.of(profile, "name").orElse(null),
                Texts.of(message, "from_parent_user_id")
                        .or(() -> Texts.of(contact, "parent_user_id"))
                        .orElse(null),
                Texts.of(profile, "username")
                        .map(name -> name.startsWith("@") ? name.substring(1) : name)
                        .orElse(null));
    }

    private ConversationKey recipient(JsonNode status, String id, Optional<String> customer) {
        if (status.path("recipient_type").asText("").equals("group")) {
            return ConversationKey.ofGroup(
                    business.phoneNumberId(), Texts.of(status, "recipient_id").orElse("unidentified:" + id));
        }
        return new ConversationKey(business.phoneNumberId(), customer.orElse("unidentified:" + id));
    }

    private Optional<ConversationKey> conversationOf(String callback) {
        String[] parts = callback.split("\\|", 3);
        if (parts.length != 3 || !parts[0].equals(CALLBACK_VERSION)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ConversationKey.parse(parts[2]))
                    .filter(conversation -> conversation.businessNumber().equals(business.phoneNumberId()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Contact> contactOf(JsonNode message) {
        Optional<String> phone = Texts.of(message, "from");
        Optional<String> userId = Texts.of(message, "from_user_id");
        Optional<Contact> found = contactOf(phone, userId);
        if (found.isEmpty()
                && phone.isEmpty()
                && userId.isEmpty()
                && contacts.size() == 1
                && people().senders().isEmpty()) {
            found = Optional.of(contacts.getFirst());
        }
        found.map(Contact::piece).ifPresent(matched::add);
        return found;
    }

    private Optional<Contact> contactOf(Optional<String> phone, Optional<String> userId) {
        return userId.map(byUser::get)
                .or(() -> phone.map(byPhone::get))
                .or(() -> phone.flatMap(number -> inAnotherForm(number, userId)));
    }

    /// Returns the contact whose phone number is another form of this one, if there is only one, and
    /// nobody in the value has exactly that number.
    private Optional<Contact> inAnotherForm(String phone, Optional<String> userId) {
        String form = PhoneForms.possible(phone);
        List<Contact> found = byPhone.entrySet().stream()
                .filter(known -> PhoneForms.possible(known.getKey()).equals(form))
                .filter(known -> !people().have(known.getKey()))
                .map(Map.Entry::getValue)
                .filter(contact -> !isSomebodyElse(contact, userId))
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private static boolean isSomebodyElse(Contact contact, Optional<String> userId) {
        Optional<String> known = Texts.of(contact.tree(), "user_id");
        return known.isPresent() && userId.isPresent() && !known.equals(userId);
    }

    private People people() {
        People known = knownPeople;
        if (known == null) {
            known = people.get();
            knownPeople = known;
        }
        return known;
    }

    private static @Nullable JsonNode verbatim(Optional<Contact> contact) throws UnreadableJson {
        return contact.isEmpty() ? null : Json.verbatim(contact.get().piece().text());
    }

    private static String digest(byte[] bytes) {
        return "sha256:" + Sha256.hex(bytes);
    }
}
