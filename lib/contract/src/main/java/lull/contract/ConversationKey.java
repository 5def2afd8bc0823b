package lull.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Key of every topic between customer and agent: one customer on one business number. Immutable.
///
/// Written as `businessNumber|customer`, where the business number is WhatsApp's `phone_number_id` and
/// the customer is a user id (BSUID) if there is one, else a phone number, or `group:<id>` for a group.
/// The same customer writing to two numbers is two conversations.
public record ConversationKey(String businessNumber, String customer) {

    private static final char SEPARATOR = '|';
    private static final String GROUP_PREFIX = "group:";

    public ConversationKey {
        if (businessNumber.isBlank() || customer.isBlank()) {
            throw new IllegalArgumentException("A conversation needs a business number and a customer");
        }
        if (businessNumber.indexOf(SEPARATOR) >= 0) {
            throw new IllegalArgumentException("A business number holds no '|'");
        }
    }

    /// Returns the conversation of a whole group on a business number.
    public static ConversationKey ofGroup(String businessNumber, String groupId) {
        return new ConversationKey(businessNumber, GROUP_PREFIX + groupId);
    }

    /// Parses what [#toString()] wrote; throws `IllegalArgumentException` for anything else.
    @JsonCreator
    public static ConversationKey parse(String text) {
        int separator = text.indexOf(SEPARATOR);
        if (separator < 0) {
            throw new IllegalArgumentException("A conversation key is written businessNumber|customer");
        }
        return new ConversationKey(text.substring(0, separator), text.substring(separator + 1));
    }

    public boolean isGroup() {
        return customer.startsWith(GROUP_PREFIX);
    }

    /// Returns the masked form of a record's key, which may be that of a conversation or any other one.
    public static String masked(String key) {
        try {
            return parse(key).masked();
        } catch (IllegalArgumentException e) {
            return Masking.masked(key);
        }
    }

    /// Returns the key with all but the last four characters of the customer hidden, for logs.
    public String masked() {
        return businessNumber + SEPARATOR + Masking.masked(customer);
    }

    @JsonValue
    @Override
    public String toString() {
        return businessNumber + SEPARATOR + customer;
    }
}
