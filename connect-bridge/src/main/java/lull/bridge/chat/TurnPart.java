package lull.bridge.chat;

import java.util.ArrayList;
import java.util.List;
import lull.contract.message.ContentKind;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;

/// What is sent to Connect in one call.
///
/// @param item number of the turn's item, from 0
/// @param part number of the part of that item, from 0
/// @param isText whether it is the customer's own text, and not a rendering of something else
/// @param messageIds the WhatsApp messages of the item
record TurnPart(int item, int part, boolean isText, String text, List<String> messageIds) {

    TurnPart {
        messageIds = List.copyOf(messageIds);
    }

    /// All parts of what an agent is shown of a turn, in order, none longer than `maxCharacters`.
    static List<TurnPart> of(Turn turn, int maxCharacters) {
        List<TurnPart> parts = new ArrayList<>();
        for (int item = 0; item < turn.items().size(); item++) {
            TurnItem turnItem = turn.items().get(item);
            if (turnItem.hidden()) {
                continue;
            }
            String text = Rendering.text(turnItem.content());
            if (turn.conversation().isGroup()) {
                // All of a group write into one chat, so each says who it is.
                text = turnItem.messages().getFirst().sender().displayName() + ": " + text;
            }
            List<String> texts = TextSplitter.split(text, maxCharacters);
            List<String> ids = turnItem.messages().stream().map(TurnMessage::id).toList();
            for (int part = 0; part < texts.size(); part++) {
                parts.add(new TurnPart(item, part, turnItem.kind() == ContentKind.TEXT, texts.get(part), ids));
            }
        }
        return parts;
    }

    @Override
    public String toString() {
        return "TurnPart[" + item + "." + part + "]";
    }
}
