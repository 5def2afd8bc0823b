package lull.applications.turns;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lull.contract.application.Exchange;
import lull.contract.message.Content;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;

/// What an agent is told of the time before a hand-over, and a language model of that before a turn, in short. Pure.
public final class Exchanges {

    /// The most exchanges that an agent is told.
    static final int MOST = 5;

    /// The most characters of what one of both said at a time.
    public static final int MOST_CHARACTERS = 500;

    private static final String MORE = " …";

    private Exchanges() {}

    /// @param heard what is said in voice notes of the turn, by their media ids
    static Exchange of(Turn turn, List<Reply> replies, Map<String, String> heard) {
        String said = turn.items().stream()
                .filter(item -> !item.hidden())
                .map(item -> words(item, heard))
                .collect(Collectors.joining("\n"));
        return new Exchange(
                shortened(said),
                replies.stream().map(Reply::content).map(Exchanges::said).toList());
    }

    private static String words(TurnItem item, Map<String, String> heard) {
        if (item.text() != null) {
            return item.text();
        }
        String kind = "[" + item.kind().word() + "]";
        return item.content() instanceof Content.Media media && heard.containsKey(media.mediaId())
                ? kind + " " + heard.get(media.mediaId())
                : kind;
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
    public static String shortened(String text) {
        if (text.codePointCount(0, text.length()) <= MOST_CHARACTERS) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, MOST_CHARACTERS - MORE.length())) + MORE;
    }
}
