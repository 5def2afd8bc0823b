package lull.chatwoot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What Chatwoot reports of an inbox.
public sealed interface Callback {

    /// Somebody wrote to the customer.
    ///
    /// @param message Chatwoot's number of the message
    /// @param contact where in Chatwoot the customer is
    /// @param content in Markdown; empty if there is none
    /// @param choices what the customer may choose of, if it asks; empty otherwise
    /// @param files in order
    /// @param answered our id of the message that it answers; absent if none
    record Said(
            long message,
            Contact contact,
            String content,
            List<Choice> choices,
            List<FileLink> files,
            @Nullable String answered)
            implements Callback {
        public Said {
            choices = List.copyOf(choices);
            files = List.copyOf(files);
        }

        @Override
        public String toString() {
            return "Said[" + message + "]";
        }
    }

    /// An agent begins to type to the customer.
    ///
    /// @param latest our id of the customer's latest message, as far as the callback has it
    record Typing(Contact contact, @Nullable String latest) implements Callback {}

    /// Nothing that a customer gets.
    ///
    /// @param why in one word, for metrics
    record Ignored(String why) implements Callback {}

    /// Where in Chatwoot a customer is.
    ///
    /// @param source our id of the contact in the inbox
    /// @param conversation Chatwoot's number of the conversation
    /// @param phone as Chatwoot has it; absent if it has none
    record Contact(
            String source, long conversation, @Nullable String phone) {
        @Override
        public String toString() {
            return "Contact[" + conversation + "]";
        }
    }

    /// What a customer may choose.
    record Choice(String title, String value) {

        static Choice of(JsonNode item) {
            String title = item.path("title").asText("");
            return new Choice(title, item.path("value").asText(title));
        }
    }

    /// A file that an agent sends.
    ///
    /// @param kind Chatwoot's word: image, audio, video, file or another
    /// @param url where it is
    record FileLink(String kind, String url, @Nullable String name) {
        @Override
        public String toString() {
            return "FileLink[" + kind + "]";
        }
    }
}
