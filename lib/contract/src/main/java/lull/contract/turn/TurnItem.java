package lull.contract.turn;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import lull.contract.message.Content;
import lull.contract.message.ContentKind;
import org.jspecify.annotations.Nullable;

/// One thing of a turn, in the customer's order: consecutive texts joined, or a single message of any other kind.
///
/// @param text the joined text; present for [ContentKind#TEXT] only
/// @param messages the messages it is made of: several for joined texts; for one that was taken back what is left of
///     it, and the message that took it back
/// @param hidden whether the policy of its topic says that the agent is not shown it
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

    /// An item that the agent is shown.
    public TurnItem(ContentKind kind, @Nullable String text, List<TurnMessage> messages) {
        this(kind, text, messages, false);
    }

    /// The typed content: the joined text, or what the single message says.
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
