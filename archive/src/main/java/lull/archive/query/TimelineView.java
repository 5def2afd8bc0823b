package lull.archive.query;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When the messages of a conversation were written, without its key and their ids. Immutable.
///
/// @param conversation a digest of the conversation's key
/// @param messages by their time, oldest first
record TimelineView(String conversation, String businessNumber, List<Line> messages) {

    /// A message.
    ///
    /// @param at for a customer's message the time that decides turns: when the log got it
    /// @param direction `in` from the customer, `out` to one
    /// @param text of a customer's message; absent if it has none
    /// @param inChat of a message to a customer that somebody wrote in a chat; absent for all others
    record Line(
            Instant at,
            String direction,
            String kind,
            @Nullable String text,
            @Nullable InChat inChat) {

        @Override
        public String toString() {
            return "Line[" + at + ", " + direction + "]";
        }
    }

    /// What is known of a message that was written in a chat.
    ///
    /// @param at when it was written, by Amazon Connect
    /// @param chat a digest of the chat
    /// @param author a digest of who wrote it, in this chat
    /// @param characters its length
    record InChat(Instant at, String chat, String author, int characters) {}

    public TimelineView {
        messages = List.copyOf(messages);
    }

    @Override
    public String toString() {
        return "TimelineView[" + conversation + "]";
    }
}
