package lull.bridge.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import lull.contract.message.Content;
import lull.contract.message.ContentKind;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;
import org.jspecify.annotations.Nullable;

/// What Connect accepts as one: a text, or a file.
///
/// @param item number of the turn's item, from 0
/// @param part number of the part of that item, from 0
/// @param isText whether it is the customer's own text, and not a rendering of something else
/// @param text empty for a file
/// @param file the file; absent for a text
/// @param messageIds the WhatsApp messages of the item
record TurnPart(
        int item, int part, boolean isText, String text, Content.@Nullable Media file, List<String> messageIds) {

    TurnPart {
        messageIds = List.copyOf(messageIds);
    }

    /// All parts of what an agent is shown of a turn, in order.
    ///
    /// @param maxCharacters of a text
    /// @param attaches whether files become attachments; else they are told of in words
    /// @param quotes what messages outside of the turn said, which its messages may answer
    static List<TurnPart> of(Turn turn, Rendering rendering, int maxCharacters, boolean attaches, Quotes quotes) {
        References references = References.of(turn, rendering);
        List<TurnPart> parts = new ArrayList<>();
        for (int number = 0; number < turn.items().size(); number++) {
            TurnItem item = turn.items().get(number);
            if (item.hidden() || Addresses.isChange(item)) {
                continue;
            }
            boolean isFile = attaches && item.content() instanceof Content.Media;
            List<String> texts = new Quoting(rendering.texts(), quotes, references.answeredElsewhere(item))
                    .in(
                            TextSplitter.split(text(turn, item, rendering, references, isFile), maxCharacters),
                            maxCharacters);
            List<String> ids = item.messages().stream().map(TurnMessage::id).toList();
            int part = 0;
            if (isFile && item.content() instanceof Content.Media media) {
                parts.add(new TurnPart(number, part++, false, "", media, ids));
            }
            for (String text : texts) {
                parts.add(new TurnPart(number, part++, item.kind() == ContentKind.TEXT, text, null, ids));
            }
        }
        return parts;
    }

    /// What is said of an item in words; beside a file its caption, and in a group who sent it.
    private static String text(Turn turn, TurnItem item, Rendering rendering, References references, boolean isFile) {
        String said = item.text() != null
                ? words(rendering, references.within(item))
                : Stream.of(
                                references.above(item),
                                isFile && !turn.conversation().isGroup()
                                        ? caption(item)
                                        : rendering.text(item.content()))
                        .filter(line -> !line.isBlank())
                        .reduce((above, below) -> above + "\n" + below)
                        .orElse("");
        // All of a group write into one chat, so each says who it is.
        return turn.conversation().isGroup()
                ? item.messages().getFirst().sender().displayName() + ": " + said
                : said;
    }

    private static String words(Rendering rendering, String text) {
        return rendering.text(new Content.Text(text));
    }

    private static String caption(TurnItem item) {
        return item.content() instanceof Content.Media media ? Objects.requireNonNullElse(media.caption(), "") : "";
    }

    @Override
    public String toString() {
        return "TurnPart[" + item + "." + part + "]";
    }
}
