package lull.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lull.contract.chat.ParticipantRole;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyOrigin;
import lull.contract.reply.ReplyOutcome;
import lull.runtime.BoundedMap;

/// Join of the texts of replies (`whatsapp.reply.requested`) with their ids at WhatsApp
/// (`whatsapp.reply.sent`), whichever of the two is read first. Used by one thread.
final class SentReplies {

    private final ReplyLines lines;
    private final Quotes quotes;
    private final Map<String, Said> said;
    private final Map<String, Map<Integer, String>> sent;

    private record Said(List<String> lines, boolean isOfBot) {}

    /// @param quotes gets the result
    /// @param most maximum number of replies of which one half is kept until the other one is read
    SentReplies(ReplyLines lines, Quotes quotes, int most) {
        this.lines = lines;
        this.quotes = quotes;
        this.said = new BoundedMap<>(most);
        this.sent = new BoundedMap<>(most);
    }

    /// Adds a reply that was requested.
    void requested(Reply reply) {
        Said content = new Said(lines.of(reply.content()), isOfBot(reply.origin()));
        said.put(reply.id(), content);
        Map<Integer, String> known = sent.remove(reply.id());
        if (known != null) {
            known.forEach((part, messageId) -> remember(content, part, messageId));
        }
    }

    /// Adds an outcome of a reply.
    void left(ReplyOutcome outcome) {
        if (!(outcome instanceof ReplyOutcome.Sent(String replyId, int part, String messageId, var at))
                || messageId.isEmpty()) {
            return;
        }
        Said content = said.get(replyId);
        if (content == null) {
            sent.computeIfAbsent(replyId, _ -> new HashMap<>()).put(part, messageId);
        } else {
            remember(content, part, messageId);
        }
    }

    private void remember(Said content, int part, String messageId) {
        if (part >= 0 && part < content.lines().size()) {
            quotes.remember(messageId, content.lines().get(part), content.isOfBot());
        }
    }

    private static boolean isOfBot(ReplyOrigin origin) {
        return origin instanceof ReplyOrigin.Chat chat
                && !ParticipantRole.of(chat.role()).isStaff();
    }
}
