package lull.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lull.contract.application.HandOver;
import lull.contract.message.Content;
import lull.contract.message.ContentKind;
import lull.contract.reply.ConversationBegun;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;
import org.jspecify.annotations.Nullable;

/// Part of a turn that Connect accepts as one: a text, or a file.
///
/// @param item number of the turn's item, from 0
/// @param part number of the part of that item, from 0
/// @param isText whether it is the customer's own text, and not a rendering of something else
/// @param text empty for a file
/// @param file the file; absent for a text
/// @param messageIds the WhatsApp messages of the item
public record TurnPart(
        int item, int part, boolean isText, String text, Content.@Nullable Media file, List<String> messageIds) {

    public TurnPart {
        messageIds = List.copyOf(messageIds);
    }

    /// Returns all parts of a turn that an agent is shown, in order.
    ///
    /// @param maxCharacters of a text
    /// @param attaches whether files become attachments; otherwise they are described in words
    /// @param quotes the texts of messages outside of the turn, which its messages may answer
    public static List<TurnPart> of(
            Turn turn, Rendering rendering, int maxCharacters, boolean attaches, Quotes quotes) {
        return of(turn, rendering, maxCharacters, attaches, quotes, Optional.empty());
    }

    /// Returns the parts as above, with an advertisement above the first words, if there is room for
    /// it.
    public static List<TurnPart> of(
            Turn turn,
            Rendering rendering,
            int maxCharacters,
            boolean attaches,
            Quotes quotes,
            Optional<String> advertisement) {
        List<TurnPart> parts = of(turn, rendering, new Cut(maxCharacters, attaches), quotes);
        for (int at = 0; at < parts.size() && advertisement.isPresent(); at++) {
            TurnPart part = parts.get(at);
            if (part.file() == null) {
                String text = advertisement.get() + "\n" + part.text();
                if (text.length() <= maxCharacters) {
                    parts.set(at, new TurnPart(part.item(), part.part(), part.isText(), text, null, part.messageIds()));
                }
                break;
            }
        }
        return parts;
    }

    /// Returns the part that says before all others that a turn comes late. Its number is after all
    /// others.
    public static TurnPart late(Turn turn, Rendering rendering) {
        Instant last = turn.items().stream()
                .flatMap(item -> item.messages().stream())
                .map(TurnMessage::sentAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return new TurnPart(lateItem(turn), 0, false, rendering.late(last), null, List.of());
    }

    /// Whether it is what [#late(Turn, Rendering)] returns.
    public boolean isLate(Turn turn) {
        return item == lateItem(turn);
    }

    /// Returns the parts that say before all others which templates of the business a turn answers.
    /// Their number is after all others.
    public static List<TurnPart> begun(
            Turn turn, List<ConversationBegun> begun, Rendering rendering, int maxCharacters) {
        List<TurnPart> parts = new ArrayList<>();
        for (ConversationBegun one : begun) {
            for (String text : TextSplitter.split(rendering.begun(one), maxCharacters)) {
                parts.add(new TurnPart(lateItem(turn) + 1, parts.size(), false, text, null, List.of()));
            }
        }
        return parts;
    }

    /// The number of items is that of what an application says with a hand-over.
    private static int lateItem(Turn turn) {
        return turn.items().size() + 1;
    }

    private record Cut(int maxCharacters, boolean attaches) {}

    private static List<TurnPart> of(Turn turn, Rendering rendering, Cut cut, Quotes quotes) {
        int maxCharacters = cut.maxCharacters();
        References references = References.of(turn, rendering);
        List<TurnPart> parts = new ArrayList<>(handOver(turn, rendering, maxCharacters));
        for (int number = 0; number < turn.items().size(); number++) {
            TurnItem item = turn.items().get(number);
            if (item.hidden() || Addresses.isChange(item)) {
                continue;
            }
            boolean isFile = cut.attaches() && item.content() instanceof Content.Media file && file.isFetchable();
            String said = text(turn, item, rendering, references, isFile);
            List<String> texts = new SubjectLine(rendering.texts(), references.quotes(), quotes)
                    .in(
                            new Quoting(rendering.texts(), quotes, references.answeredElsewhere(item))
                                    .in(TextSplitter.split(said, room(item, maxCharacters)), maxCharacters),
                            item,
                            sender(turn, item),
                            maxCharacters);
            // Neither is a message that could be marked as read.
            List<String> ids = item.content() instanceof Content.Call || item.content() instanceof Content.TakeOver
                    ? List.of()
                    : item.messages().stream().map(TurnMessage::id).toList();
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

    /// Returns what the agent is told of an application that hands the turn over. It comes first, under
    /// a number after those of the items, so that those stay what they are.
    private static List<TurnPart> handOver(Turn turn, Rendering rendering, int maxCharacters) {
        HandOver asked = turn.handOver();
        if (asked == null) {
            return List.of();
        }
        List<TurnPart> parts = new ArrayList<>();
        for (String text : TextSplitter.split(rendering.handedOver(asked), maxCharacters)) {
            parts.add(new TurnPart(turn.items().size(), parts.size(), false, text, null, List.of()));
        }
        return parts;
    }

    /// Returns the text of an item; for a file its caption and perhaps its name, and in a group the
    /// sender.
    private static String text(Turn turn, TurnItem item, Rendering rendering, References references, boolean isFile) {
        String said = item.text() != null
                ? words(rendering, references.within(item))
                : Stream.of(
                                references.above(item),
                                isFile
                                                && !turn.conversation().isGroup()
                                                && item.content() instanceof Content.Media media
                                        ? rendering.besideFile(media)
                                        : rendering.text(item.content()))
                        .filter(line -> !line.isBlank())
                        .reduce((above, below) -> above + "\n" + below)
                        .orElse("");
        return sender(turn, item) + said;
    }

    /// Returns the sender's name in a group. All members write into one chat, so each item names its
    /// sender.
    private static String sender(Turn turn, TurnItem item) {
        return turn.conversation().isGroup()
                ? item.messages().getFirst().sender().displayName() + ": "
                : "";
    }

    /// Returns the maximum length of a part of an item. It leaves room for the text of an edited
    /// message before the edit.
    private static int room(TurnItem item, int maxCharacters) {
        return item.kind() == ContentKind.EDIT
                ? Math.max(maxCharacters / 2, maxCharacters - SubjectLine.MAX_CHARACTERS)
                : maxCharacters;
    }

    private static String words(Rendering rendering, String text) {
        return rendering.text(new Content.Text(text));
    }

    @Override
    public String toString() {
        return "TurnPart[" + item + "." + part + "]";
    }
}
