package lull.applications.turns;

import java.util.List;
import java.util.stream.Collectors;
import lull.contract.application.Exchange;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.turn.Turn;

/// What an agent is told of the time before a hand-over, in short. Pure.
final class Exchanges {

    /// The most exchanges that an agent is told.
    static final int MOST = 5;

    /// The most characters of what one of both said at a time.
    static final int MOST_CHARACTERS = 500;

    private static final String MORE = " …";

    private Exchanges() {}

    static Exchange of(Turn turn, List<Reply> replies) {
        String said = turn.items().stream()
                .filter(item -> !item.hidden())
                .map(item ->
                        item.text() != null ? item.text() : "[" + item.kind().word() + "]")
                .collect(Collectors.joining("\n"));
        return new Exchange(
                shortened(said),
                replies.stream().map(Reply::content).map(Exchanges::said).toList());
    }

    private static String said(ReplyContent content) {
        return switch (content) {
            case ReplyContent.Text text -> shortened(text.body());
            case ReplyContent.Media _ -> "[media]";
            case ReplyContent.Location _ -> "[location]";
            case ReplyContent.Contacts _ -> "[contacts]";
            case ReplyContent.Reaction _ -> "[reaction]";
            case ReplyContent.Typing _ -> "[typing]";
            case ReplyContent.Interactive _ -> "[interactive]";
            case ReplyContent.Template _ -> "[template]";
        };
    }

    /// Cuts a text, never within a character of two units.
    static String shortened(String text) {
        if (text.codePointCount(0, text.length()) <= MOST_CHARACTERS) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, MOST_CHARACTERS - MORE.length())) + MORE;
    }
}
