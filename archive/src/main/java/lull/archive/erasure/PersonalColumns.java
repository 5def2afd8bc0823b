package lull.archive.erasure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.MessageToken;
import org.jooq.Field;

/// Which columns say who somebody is. Pure.
final class PersonalColumns {

    /// Columns with a customer or a conversation. Not those with another id of the customer: somebody else may have it
    /// by now.
    private static final Set<String> PERSONS =
            Set.of("conversation", "customer", "sender", "recipient", "old_id", "new_id", "record_key");

    /// Columns with ids of what somebody wrote or was sent.
    private static final Set<String> THINGS =
            Set.of("message_id", "turn_id", "contact_id", "connect_id", "reply_id", "joined_into", "record_key");

    /// The column with a part of a webhook as it came.
    private static final String RAW = "raw";

    private static final Pattern WORD = Pattern.compile("[0-9A-Za-z]{5,}");
    private static final Pattern DOTTED_WORD = Pattern.compile("[0-9A-Za-z]+(?:[._-][0-9A-Za-z]+)+");

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

    /// Passes each word of a JSON text that may be an id, also those inside WhatsApp's ids of messages.
    static void tokens(String json, Consumer<String> each) {
        try {
            tokens(Json.tree(json), each);
        } catch (UnreadableJson e) {
            // A text that was too long, and was shortened.
            tokensOf(json, each);
        }
    }

    private static void tokens(JsonNode node, Consumer<String> each) {
        if (node.isValueNode()) {
            tokensOf(node.asText(), each);
        }
        node.forEach(child -> tokens(child, each));
    }

    private static void tokensOf(String text, Consumer<String> each) {
        WORD.matcher(text).results().forEach(word -> each.accept(word.group()));
        DOTTED_WORD.matcher(text).results().forEach(word -> each.accept(word.group()));
        MessageToken.insideIdsOf(text)
                .flatMap(inside -> WORD.matcher(inside).results())
                .forEach(word -> each.accept(word.group()));
    }
}
