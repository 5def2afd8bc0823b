package lull.archive.erasure;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jooq.Field;

/// Which columns say who somebody is. Pure.
final class PersonalColumns {

    /// Columns with a customer or a conversation.
    private static final Set<String> PERSONS =
            Set.of("conversation", "customer", "phone", "user_id", "sender", "old_id", "new_id", "record_key");

    /// Columns with ids of what somebody wrote or was sent.
    private static final Set<String> THINGS =
            Set.of("message_id", "turn_id", "contact_id", "connect_id", "reply_id", "record_key");

    /// The column with a part of a webhook as it came.
    private static final String RAW = "raw";

    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}._=/-]{5,}");

    private PersonalColumns() {}

    /// Passes each id of a customer or a conversation in a row.
    static void persons(Map<Field<?>, Object> row, Consumer<String> each) {
        row.forEach((field, value) -> {
            if (value instanceof String text) {
                if (PERSONS.contains(field.getName())) {
                    each.accept(text);
                    // The customer of a conversation's key, whatever the business number.
                    each.accept(text.substring(text.indexOf('|') + 1));
                } else if (field.getName().equals(RAW)) {
                    tokens(text, each);
                }
            }
        });
    }

    /// Passes each id of a message, turn, chat or reply in a row.
    static void things(Map<Field<?>, Object> row, Consumer<String> each) {
        row.forEach((field, value) -> {
            if (THINGS.contains(field.getName()) && value instanceof String text) {
                each.accept(text);
            }
        });
    }

    /// Passes each word of a text that may be an id.
    static void tokens(String text, Consumer<String> each) {
        TOKEN.matcher(text).results().forEach(token -> each.accept(token.group()));
    }
}
