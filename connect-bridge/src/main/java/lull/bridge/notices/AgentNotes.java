package lull.bridge.notices;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ParticipantCalls;
import lull.bridge.pauses.ConnectFailures;
import lull.connect.Answer;
import lull.connect.ConnectError;
import lull.connect.ParticipantPort;
import lull.connect.ParticipantPort.Accepted;
import lull.contract.Channel;
import lull.contract.message.Flag;
import lull.lanes.Outcome;
import lull.runtime.BoundedMap;

/// Notifier that writes notes into a chat for its agent, who sees them as messages of the customer:
/// each begins with a mark. A chat gets one note at a time and at most one in an interval; notes in
/// between are counted, and the next note contains their number. Safe for several threads.
public final class AgentNotes implements AgentNotifier, AgentReminder, NoteSender {

    private static final int MOST_CHATS = 10_000;
    private static final String WHATSAPP = "WhatsApp";
    private static final int NOT_COUNTED = -1;

    private final ChatBook book;
    private final ParticipantCalls line;
    private final ParticipantPort port;
    private final Policy policy;
    private final LongSupplier nanoTime;
    private final NoticeMetrics metrics;

    /// Chats that had a note recently, the oldest first.
    private final Map<String, Last> last = new BoundedMap<>(MOST_CHATS);

    private record Last(long at, int left) {}

    /// Policy for notes.
    ///
    /// @param enabled if false, all notes are skipped for which no operator has switched them on
    /// @param mark text at the beginning of each note; WhatsApp in it stands for the channel of the chat
    /// @param every the minimum time between two notes of a chat
    public record Policy(boolean enabled, String mark, Duration every) {}

    public AgentNotes(
            ChatBook book,
            ParticipantCalls line,
            ParticipantPort port,
            Policy policy,
            LongSupplier nanoTime,
            NoticeMetrics metrics) {
        this.book = book;
        this.line = line;
        this.port = port;
        this.policy = policy;
        this.nanoTime = nanoTime;
        this.metrics = metrics;
    }

    /// Returns the mark, with the chat's channel in place of WhatsApp.
    private String mark(String initialContactId) {
        String title = book.byContact(initialContactId)
                .map(chat -> Channel.of(chat.conversation()).title())
                .orElse(WHATSAPP);
        return policy.mark().replace(WHATSAPP, title);
    }

    private boolean isEnabled(String initialContactId) {
        return book.byContact(initialContactId)
                .map(chat -> chat.isOn(Flag.NOTES, policy.enabled()))
                .orElse(policy.enabled());
    }

    @Override
    public boolean send(String initialContactId, String about, String text) throws InterruptedException {
        return note(initialContactId, about, text) != NoteOutcome.LATER;
    }

    /// Notifies the agent of a chat. Returns what became of the note; after [NoteOutcome#LATER] it has
    /// to be retried, because Connect fails.
    ///
    /// @param about identifies the subject: the same note about the same subject is sent once, also
    ///     after a crash
    /// @param text without anything that the agent does not know already
    @Override
    public NoteOutcome note(String initialContactId, String about, String text) throws InterruptedException {
        if (!isEnabled(initialContactId)) {
            return left(NoteOutcome.SWITCHED_OFF);
        }
        int before = takeTurn(initialContactId);
        if (before < 0) {
            return left(NoteOutcome.MERGED);
        }
        String more = before == 0 ? "" : " (" + before + " skipped in between)";
        return write(initialContactId, about, mark(initialContactId) + " " + text + more, before);
    }

    /// Shows the agent of a chat something that is worth as much as a message, such as who has sent
    /// the customer a template: it has no mark, and is neither skipped nor counted among notes. Returns
    /// false if it has to be tried again, because Connect fails.
    ///
    /// @param about identifies the subject: the same note about the same subject is sent once
    public boolean inform(String initialContactId, String about, String text) throws InterruptedException {
        if (!isEnabled(initialContactId)) {
            left(NoteOutcome.SWITCHED_OFF);
            return true;
        }
        return write(initialContactId, about, text, NOT_COUNTED) != NoteOutcome.LATER;
    }

    /// @param before how many notes were skipped before this one, or [#NOT_COUNTED]
    private NoteOutcome write(String initialContactId, String about, String text, int before)
            throws InterruptedException {
        Answer<Accepted> answer = line.call(initialContactId, token -> port.sendText(token, text, clientToken(about)));
        return switch (answer) {
            case Answer.Ok<Accepted> ok -> left(NoteOutcome.SENT);
            case Answer.Failed<Accepted>(ConnectError trouble) ->
                trouble.isChatOver()
                        ? left(NoteOutcome.CHAT_OVER)
                        : failed(initialContactId, before, ConnectFailures.OF_PROCESS.of(trouble));
        };
    }

    private NoteOutcome failed(String initialContactId, int before, Outcome.Failure failure) {
        return switch (failure) {
            case Outcome.Reject rejected -> left(NoteOutcome.REFUSED);
            case Outcome.Pause pause -> left(NoteOutcome.REFUSED);
            case Outcome.Deferred deferred -> later(initialContactId, before);
            case Outcome.Retry retry -> later(initialContactId, before);
        };
    }

    /// Notifies the agent of a chat of something that can wait. Returns false if it was not sent,
    /// because another note was sent a moment ago or Connect fails.
    @Override
    public boolean remind(String initialContactId, String about, String text) throws InterruptedException {
        return !isTooSoon(initialContactId) && send(initialContactId, about, text);
    }

    /// Notifies agents of the number of skipped notes when their interval is over. To be called every
    /// few seconds.
    public void tellWhatWasLeftOut() throws InterruptedException {
        for (Map.Entry<String, Last> chat : due().entrySet()) {
            String contact = chat.getKey();
            send(contact, contact + "|" + chat.getValue().at(), "More messages were not delivered, as the one before.");
        }
    }

    private synchronized boolean isTooSoon(String contact) {
        Last known = last.get(contact);
        return known != null
                && nanoTime.getAsLong() - known.at() < policy.every().toNanos();
    }

    private synchronized Map<String, Last> due() {
        long now = nanoTime.getAsLong();
        Map<String, Last> due = new LinkedHashMap<>(last);
        due.values()
                .removeIf(one ->
                        one.left() == 0 || now - one.at() < policy.every().toNanos());
        return due;
    }

    /// Returns how many notes were skipped before this one; -1 if this one is skipped too.
    private synchronized int takeTurn(String contact) {
        long now = nanoTime.getAsLong();
        Last known = last.remove(contact);
        if (known != null && now - known.at() < policy.every().toNanos()) {
            last.put(contact, new Last(known.at(), known.left() + 1));
            return -1;
        }
        last.put(contact, new Last(now, 0));
        return known == null ? 0 : known.left();
    }

    private synchronized NoteOutcome later(String contact, int before) {
        if (before == NOT_COUNTED) {
            return left(NoteOutcome.LATER);
        }
        last.put(contact, new Last(nanoTime.getAsLong() - policy.every().toNanos(), before));
        return left(NoteOutcome.LATER);
    }

    private NoteOutcome left(NoteOutcome exit) {
        metrics.noteHandled(exit);
        return exit;
    }

    private static String clientToken(String about) {
        return UUID.nameUUIDFromBytes(("note|" + about).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
