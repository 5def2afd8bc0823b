package lull.bridge.notices;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import lull.bridge.chats.CatchUp;
import lull.bridge.chats.ChatBook;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.lanes.Fence;
import lull.lanes.Handler;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.ValueReader;
import lull.runtime.log.LogLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/// Flow from the dead-letter topics to open chats: notifies the agent of words of the customer, of the
/// agent or of an application that became a dead letter. Without an open chat it only counts the dead
/// letter, and an alarm follows. It writes no dead letters itself.
public final class DeadLetterToChat implements Handler<DeadLetter> {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterToChat.class);

    /// Maximum number of attempts; then the agent is not notified.
    private static final int MAX_ATTEMPTS = 5;

    private static final Customer UNKNOWN = new Customer(null, null, null);

    private final ChatBook book;
    private final CatchUp catchUp;
    private final NoteSender notes;
    private final Duration maxAge;
    private final InstantSource clock;
    private final NoticeMetrics metrics;
    private final LogLimit unheard = new LogLimit(log, System::nanoTime);

    /// @param catchUp brings the book up to date with all chats that are known by now
    /// @param maxAge how old a dead letter may be of which the agent is notified; zero: no dead letter is
    public DeadLetterToChat(
            ChatBook book,
            CatchUp catchUp,
            NoteSender notes,
            Duration maxAge,
            InstantSource clock,
            NoticeMetrics metrics) {
        this.book = book;
        this.catchUp = catchUp;
        this.notes = notes;
        this.maxAge = maxAge;
        this.clock = clock;
        this.metrics = metrics;
    }

    /// Returns the reader of dead letters, which reads every record.
    public static ValueReader<DeadLetter> reader() {
        return DeadLetter::of;
    }

    @Override
    public Outcome handle(Incoming<DeadLetter> incoming, Fence fence) throws InterruptedException {
        DeadLetter letter = incoming.value();
        if (!letter.hasWords()) {
            return left(DeadLetterOutcome.NO_WORDS);
        }
        if (letter.isKnown()) {
            return left(DeadLetterOutcome.KNOWN);
        }
        if (maxAge.isZero() || letter.at().isBefore(clock.instant().minus(maxAge))) {
            return left(DeadLetterOutcome.OLD);
        }
        Optional<Chat> chat = chat(letter);
        if (chat.isEmpty()) {
            return unheard(letter, DeadLetterOutcome.NO_CHAT);
        }
        if (letter.isKnownInChat()) {
            return left(DeadLetterOutcome.KNOWN);
        }
        fence.check();
        NoteOutcome note = notes.note(chat.get().initialContactId(), "dead-letter|" + letter.id(), text(letter));
        return switch (note) {
            case SENT, MERGED -> left(DeadLetterOutcome.NOTED);
            case CHAT_OVER -> unheard(letter, DeadLetterOutcome.NO_CHAT);
            case SWITCHED_OFF, REFUSED, GIVEN_UP -> unheard(letter, DeadLetterOutcome.NOT_NOTED);
            case LATER ->
                incoming.attempt() < MAX_ATTEMPTS
                        ? Outcome.retry("The agent is not notified yet")
                        : unheard(letter, DeadLetterOutcome.NOT_NOTED);
        };
    }

    private Optional<Chat> chat(DeadLetter letter) throws InterruptedException {
        if (letter.key().isEmpty()) {
            return Optional.empty();
        }
        if (letter.words() == DeadLetter.Of.AGENT) {
            return book.byContact(letter.key(), catchUp).filter(Chat::open);
        }
        Optional<ConversationKey> conversation = conversation(letter.key());
        if (conversation.isEmpty()) {
            return Optional.empty();
        }
        Optional<Chat> known = openOf(conversation.get(), letter);
        if (known.isPresent()) {
            return known;
        }
        catchUp.toPresentEnd();
        return openOf(conversation.get(), letter);
    }

    private Optional<Chat> openOf(ConversationKey conversation, DeadLetter letter) {
        return book.latestOf(conversation, UNKNOWN, letter.at()).filter(Chat::open);
    }

    private static Optional<ConversationKey> conversation(String key) {
        try {
            return Optional.of(ConversationKey.parse(key));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String text(DeadLetter letter) {
        String what = switch (letter.words()) {
            case CUSTOMER ->
                "Not shown: a message of the customer, because of an error. Ask the customer to repeat it, or an"
                        + " operator to replay it";
            case AGENT -> "Not delivered: something that was written in this chat could not be read";
            case REPLY -> "Not delivered: a reply to the customer could not be read";
        };
        return what + " (dead letter " + letter.id() + ").";
    }

    private Outcome unheard(DeadLetter letter, DeadLetterOutcome why) {
        unheard.warn(
                "No agent is notified of a dead letter; see bin/lull dlq show",
                new KeyValuePair("deadLetter", letter.id()),
                new KeyValuePair(
                        "reason",
                        why == DeadLetterOutcome.NO_CHAT
                                ? "its conversation has no open chat"
                                : "its chat gets no note: see lull_bridge_notes_total"));
        return left(why);
    }

    private Outcome left(DeadLetterOutcome exit) {
        metrics.deadLetterHandled(exit);
        return Outcome.DONE;
    }
}
