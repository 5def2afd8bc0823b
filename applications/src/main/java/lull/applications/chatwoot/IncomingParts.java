package lull.applications.chatwoot;

import java.util.ArrayList;
import java.util.List;
import lull.contract.message.Content.Media;
import lull.contract.message.MessageContext;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;
import lull.text.PlainMarkdown;
import lull.text.Quotes;
import lull.text.Rendering;
import lull.text.TurnPart;
import org.jspecify.annotations.Nullable;

/// Messages that a turn becomes in Chatwoot, in order: texts as they are, files with their captions,
/// and everything else in words. Pure.
final class IncomingParts {

    /// The most characters of a message.
    static final int MOST_CHARACTERS = 100_000;

    private static final Quotes NONE = new Quotes(0);

    private IncomingParts() {}

    /// A message.
    ///
    /// @param sourceId the same whenever the turn is given: WhatsApp's id of the last message of its
    ///     item, with a number if it is not the first part of the item
    /// @param text in Markdown
    /// @param answered the id of the message that it answers; absent if none
    /// @param file absent if it has none
    record Part(
            String sourceId,
            String text,
            @Nullable String answered,
            @Nullable Media file) {
        @Override
        public String toString() {
            return "Part[" + (file == null ? "text" : "file") + "]";
        }
    }

    static List<Part> of(Turn turn, Rendering rendering) {
        List<TurnPart> parts = TurnPart.of(turn, rendering, MOST_CHARACTERS, true, NONE);
        List<Part> messages = new ArrayList<>();
        for (int at = 0; at < parts.size(); at++) {
            TurnPart part = parts.get(at);
            Media file = part.file();
            String text = part.text();
            if (file != null && at + 1 < parts.size() && parts.get(at + 1).item() == part.item()) {
                at++;
                text = parts.get(at).text();
            }
            messages.add(new Part(sourceId(turn, part), PlainMarkdown.of(text), answered(turn, part), file));
        }
        return messages;
    }

    private static String sourceId(Turn turn, TurnPart part) {
        if (part.item() >= turn.items().size()) {
            return turn.firstMessageId() + "#" + part.item() + "." + part.part();
        }
        String last = turn.items().get(part.item()).messages().getLast().id();
        return part.part() == 0 ? last : last + "#" + part.part();
    }

    private static @Nullable String answered(Turn turn, TurnPart part) {
        if (part.item() >= turn.items().size() || part.part() > 0) {
            return null;
        }
        TurnItem item = turn.items().get(part.item());
        TurnMessage first = item.messages().getFirst();
        return first.context().map(MessageContext::messageId).orElse(null);
    }
}
