package lull.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.message.Message;
import lull.contract.message.MessageStatus;
import lull.contract.message.Source;

/// Reads the messages and statuses of one `messages` value: who wrote to which business number. Contacts are
/// found by the ids they share with a message, never by their position; since 2026 either id may be missing.
final class ValueReader {

    /// How replies mark what they send, so that statuses find their conversation: `1|reply id|conversation`.
    private static final String CALLBACK_VERSION = "1";

    private static final String UNKNOWN_NUMBER = "unknown";

    private final JsonNode value;
    private final Business business;
    private final boolean oneSender;

    ValueReader(String account, JsonNode value) {
        this.value = value;
        JsonNode metadata = value.path("metadata");
        String number = text(metadata, "phone_number_id")
                .or(() -> text(metadata, "display_phone_number"))
                .or(() -> account.isEmpty() ? Optional.empty() : Optional.of(account))
                .orElse(UNKNOWN_NUMBER)
                .replace('|', '_');
        this.business = new Business(
                number, text(metadata, "display_phone_number").orElse(null), account.isEmpty() ? null : account);
        Set<String> senders = new HashSet<>();
        value.path("messages").forEach(message -> senders.add(sender(message).orElse("")));
        this.oneSender = senders.size() == 1;
    }

    Business business() {
        return business;
    }

    Message message(JsonNode raw, Instant receivedAt, Source source) {
        JsonNode contact = contactOf(raw);
        Optional<String> userId = text(raw, "from_user_id").or(() -> text(contact, "user_id"));
        Optional<String> phone = text(raw, "from").or(() -> text(contact, "wa_id"));
        JsonNode profile = contact.path("profile");
        Customer customer = new Customer(
                userId.orElse(null),
                phone.orElse(null),
                text(profile, "name").or(() -> text(profile, "username")).orElse(null));
        String id = text(raw, "id").orElseGet(() -> digest(raw));
        ConversationKey conversation = text(raw, "group_id")
                .map(group -> ConversationKey.ofGroup(business.phoneNumberId(), group))
                .orElseGet(() -> new ConversationKey(
                        business.phoneNumberId(), userId.or(() -> phone).orElseGet(() -> "unidentified:" + id)));
        return new Message(id, conversation, receivedAt, source, business, customer, raw);
    }

    MessageStatus status(JsonNode raw, Instant receivedAt, Source source) {
        Optional<String> callback = text(raw, "biz_opaque_callback_data");
        String id = text(raw, "id").orElseGet(() -> digest(raw));
        return new MessageStatus(
                id,
                text(raw, "status").orElse(""),
                callback.flatMap(ValueReader::conversationOf).orElseGet(() -> recipient(raw, id)),
                receivedAt,
                source,
                business,
                callback.orElse(null),
                raw);
    }

    private ConversationKey recipient(JsonNode raw, String id) {
        Supplier<String> unidentified = () -> "unidentified:" + id;
        if (raw.path("recipient_type").asText("").equals("group")) {
            return ConversationKey.ofGroup(
                    business.phoneNumberId(), text(raw, "recipient_id").orElseGet(unidentified));
        }
        return new ConversationKey(
                business.phoneNumberId(),
                text(raw, "recipient_user_id")
                        .or(() -> text(raw, "recipient_id"))
                        .orElseGet(unidentified));
    }

    private static Optional<ConversationKey> conversationOf(String callback) {
        String[] parts = callback.split("\\|", 3);
        if (parts.length != 3 || !parts[0].equals(CALLBACK_VERSION)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ConversationKey.parse(parts[2]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private JsonNode contactOf(JsonNode message) {
        Optional<String> phone = text(message, "from");
        Optional<String> userId = text(message, "from_user_id");
        JsonNode contacts = value.path("contacts");
        for (JsonNode contact : contacts) {
            boolean samePhone = phone.isPresent() && phone.equals(text(contact, "wa_id"));
            boolean sameUser = userId.isPresent() && userId.equals(text(contact, "user_id"));
            if (samePhone || sameUser) {
                return contact;
            }
        }
        boolean onlyOne = contacts.isArray() && contacts.size() == 1 && oneSender;
        boolean nobodySaid = phone.isEmpty() && userId.isEmpty();
        return onlyOne && nobodySaid ? contacts.path(0) : Json.object();
    }

    private static Optional<String> sender(JsonNode message) {
        return text(message, "from_user_id").or(() -> text(message, "from"));
    }

    /// A text or number, if there is one that is not blank.
    private static Optional<String> text(JsonNode node, String field) {
        JsonNode found = node.path(field);
        return found.isValueNode() && !found.isNull() && !found.asText().isBlank()
                ? Optional.of(found.asText())
                : Optional.empty();
    }

    private static String digest(JsonNode raw) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(raw.toString().getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
