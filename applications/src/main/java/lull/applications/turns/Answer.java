package lull.applications.turns;

import java.util.List;
import java.util.Map;
import lull.contract.application.AnswerQuality;
import lull.contract.application.HandOver;
import lull.contract.reply.ReplyContent;
import org.jspecify.annotations.Nullable;

/// Answer of an application to a turn. Immutable.
///
/// @param replies to the customer, in order
/// @param handOver absent if the application keeps the conversation
/// @param problems why the rest of it could not be read; empty if it could
/// @param quality how it came about; absent if no language model was asked
/// @param heard what is said in voice notes of the turn, by their media ids, as far as it is known
public record Answer(
        List<Said> replies,
        @Nullable HandOver handOver,
        List<String> problems,
        @Nullable AnswerQuality quality,
        Map<String, String> heard) {

    /// The application answers nothing, or later.
    public static final Answer NONE = new Answer(List.of(), null, List.of());

    /// A reply.
    ///
    /// @param quotedMessageId WhatsApp's id of the message that it answers; absent if none
    public record Said(ReplyContent content, @Nullable String quotedMessageId) {}

    /// Creates an answer of a program.
    public Answer(List<Said> replies, @Nullable HandOver handOver, List<String> problems) {
        this(replies, handOver, problems, null);
    }

    /// Creates an answer of a language model that heard nothing.
    public Answer(
            List<Said> replies, @Nullable HandOver handOver, List<String> problems, @Nullable AnswerQuality quality) {
        this(replies, handOver, problems, quality, Map.of());
    }

    public Answer {
        replies = List.copyOf(replies);
        problems = List.copyOf(problems);
        heard = Map.copyOf(heard);
    }

    /// Returns the answer that could not be read.
    public static Answer unreadable(List<String> problems) {
        return new Answer(List.of(), null, problems);
    }

    /// Returns the same answer to a turn with voice notes.
    public Answer hearing(Map<String, String> words) {
        return new Answer(replies, handOver, problems, quality, words);
    }

    @Override
    public String toString() {
        return "Answer[" + replies.size() + " replies]";
    }
}
