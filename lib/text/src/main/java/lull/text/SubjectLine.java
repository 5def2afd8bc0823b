package lull.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.contract.message.Content;
import lull.contract.message.MessageContext;
import lull.contract.message.MessageToken;
import lull.contract.reply.ChoiceId;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;

/// Words that say which message a reaction, an edit, a deletion or a tap is about, if that is known.
/// They are added after the text is split into parts. Splitting must not depend on in-memory state:
/// after a restart an attempt continues after the parts that Connect already accepted.
final class SubjectLine {

    /// Room that the text of an edit leaves for these words.
    public static final int MAX_CHARACTERS = Quotes.MAX_CHARACTERS + 64;

    private final AgentTexts texts;
    private final Quotes inTurn;
    private final Quotes quotes;

    /// @param inTurn the texts of the turn's messages
    /// @param quotes the texts of other messages
    public SubjectLine(AgentTexts texts, Quotes inTurn, Quotes quotes) {
        this.texts = texts;
        this.inTurn = inTurn;
        this.quotes = quotes;
    }

    /// Returns the parts of an item with these words, if there are any and there is room for them.
    ///
    /// @param sender the beginning of each item in a group, otherwise empty
    public List<String> in(List<String> parts, TurnItem item, String sender, int maxCharacters) {
        if (parts.isEmpty()) {
            return parts;
        }
        TurnMessage message = item.messages().getFirst();
        Content content = item.content();
        return switch (content) {
            case Content.Reaction reaction ->
                before(reaction.messageId(), message)
                        .map(quote -> texts.say(Phrase.REACTION_TO, Map.of("message", quote)))
                        .map(words -> after(parts, " " + words, maxCharacters))
                        .orElse(parts);
            case Content.Revoke(String original) ->
                before(original, message)
                        .map(quote -> after(parts, " " + Quotes.withoutNumbers(quote), maxCharacters))
                        .orElse(parts);
            case Content.Edit edit ->
                before(edit.originalMessageId(), message)
                        .map(quote -> texts.labelled(Phrase.EDITED_FROM, quote))
                        .map(words -> after(parts, "\n" + words, maxCharacters))
                        .orElse(parts);
            case Content.ButtonReply reply -> asked(parts, message, reply.id(), sender, maxCharacters);
            case Content.ListReply reply -> asked(parts, message, reply.id(), sender, maxCharacters);
            case Content.FlowReply reply -> asked(parts, message, "", sender, maxCharacters);
            case Content.CallPermission permission -> asked(parts, message, "", sender, maxCharacters);
            case Content.Text text -> parts;
            case Content.Media media -> parts;
            case Content.Location location -> parts;
            case Content.Contacts contacts -> parts;
            case Content.Order order -> parts;
            case Content.SystemNotice notice -> parts;
            case Content.RequestWelcome welcome -> parts;
            case Content.Call call -> parts;
            case Content.TakeOver takeOver -> parts;
            case Content.Unsupported unsupported -> parts;
            case Content.Unknown unknown -> parts;
        };
    }

    private Optional<String> before(String original, TurnMessage message) {
        // The remains of a message that was deleted within its turn refer to that message itself.
        if (original.isEmpty() || MessageToken.isSame(original, message.id())) {
            return Optional.empty();
        }
        return inTurn.before(original, message.id())
                .or(() -> quotes.before(original, message.id()))
                .map(Quote::line);
    }

    /// Returns the parts with the question above the answer. The chat's own bot gets exactly the answer
    /// that it waits for.
    private List<String> asked(List<String> parts, TurnMessage message, String id, String sender, int maxCharacters) {
        boolean isChoice = ChoiceId.answer(id).isPresent();
        return message.context()
                .map(MessageContext::messageId)
                .flatMap(question -> inTurn.of(question).or(() -> quotes.of(question)))
                .filter(question -> !(isChoice && question.isOfBot()))
                .map(question -> texts.labelled(Phrase.REPLY_QUOTING, question.line()))
                .map(words -> above(parts, sender, words + "\n", maxCharacters))
                .orElse(parts);
    }

    private static List<String> after(List<String> parts, String words, int maxCharacters) {
        String last = parts.getLast() + words;
        if (last.length() > maxCharacters) {
            return parts;
        }
        List<String> longer = new ArrayList<>(parts);
        longer.set(longer.size() - 1, last);
        return longer;
    }

    private static List<String> above(List<String> parts, String sender, String words, int maxCharacters) {
        String first = parts.getFirst();
        if (first.length() + words.length() > maxCharacters) {
            return parts;
        }
        List<String> longer = new ArrayList<>(parts);
        int at = first.startsWith(sender) ? sender.length() : 0;
        longer.set(0, first.substring(0, at) + words + first.substring(at));
        return longer;
    }
}
