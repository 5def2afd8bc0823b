package lull.bridge.inbound.transcripts;

import java.time.InstantSource;
import java.util.List;
import lull.bridge.chats.ChatBook;
import lull.contract.chat.SentPart;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyIds;
import lull.contract.reply.ReplyOrigin;
import lull.contract.topic.Topics;
import lull.lanes.Fence;
import lull.lanes.results.AcknowledgedProducer;

/// Sends customers what was understood of their voice notes, as an answer to the note, so that they can correct it. The
/// reply to a note always has the same id, so it is sent once, however often its turn is handled. Safe for several
/// threads.
final class TranscriptToCustomer {

    /// What stands for the words of the voice note.
    static final String WORDS = "{words}";

    private final String text;
    private final ChatBook book;
    private final AcknowledgedProducer producer;
    private final InstantSource clock;

    /// @param text with [#WORDS]; empty if customers get nothing
    TranscriptToCustomer(String text, ChatBook book, AcknowledgedProducer producer, InstantSource clock) {
        this.text = text;
        this.book = book;
        this.producer = producer;
        this.clock = clock;
    }

    /// Requests the reply, unless it is switched off or the chat is unknown.
    ///
    /// @param note the voice note in its chat
    /// @param words what is said in it
    void send(SentPart note, String words, Fence fence) {
        List<String> messages = note.messageIds();
        if (text.isEmpty() || messages.isEmpty()) {
            return;
        }
        book.byContact(note.initialContactId()).ifPresent(chat -> {
            String message = messages.getLast();
            fence.check();
            producer.append(
                    Topics.REPLY_REQUESTED,
                    note.conversation().toString(),
                    new Reply(
                            ReplyIds.ofLull("transcript|" + message),
                            note.conversation(),
                            book.addressOf(chat),
                            ReplyOrigin.Application.LULL,
                            new ReplyContent.Text(text.replace(WORDS, words)),
                            clock.instant(),
                            message));
        });
    }
}
