package lull.contract.turn;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import lull.contract.message.Content;
import lull.contract.message.ContentKind;
import org.jspecify.annotations.Nullable;

/// Item of a turn, in the customer's order: consecutive texts joined, or a single message of any other
/// kind.
///
/// @param text the joined text; present for [ContentKind#TEXT] only
/// @param messages the messages of which it consists: several for joined texts; for a deleted message
///     what is left of it, and the message that deleted it
/// @param hidden whether the policy of its topic hides it from the agent
public record TurnItem(
        ContentKind kind,
        @Nullable String text,
        List<TurnMessage> messages,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean hidden) {

    public TurnItem {
        requireNonNull(kind, "kind");
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("An item has at least one message");
        }
    }

    /// Creates an item that is shown to the agent.
    public TurnItem(ContentKind kind, @Nullable String text, List<TurnMessage> messages) {
        this(kind, text, messages, false);
    }

    /// Returns the typed content: the joined text, or the content of the single message.
    @JsonIgnore
    public Content content() {
        String text = text();
        return text != null ? new Content.Text(text) : messages.getFirst().content();
    }

    @Override
    public String toString() {
        return "TurnItem[" + kind + " of " + messages.size() + "]";
    }
}
