package lull.bridge.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/// The meters of what goes back to the customer, beside those of the flows.
public final class ReplyMetrics {

    /// How a doubt about a part of a reply ended.
    public enum DoubtExit {
        /// WhatsApp has reported of the part.
        REPORTED,
        /// It was sent once more.
        SENT_AGAIN,
        /// It was not sent again.
        TOLD
    }

    /// How a status of WhatsApp leaves its flow.
    public enum StatusExit {
        /// The part is further than was known.
        TAKEN,
        /// It would have gone back, or was known.
        LATE,
        /// The part could not be delivered.
        FAILED,
        /// Of a message that Lull has not sent.
        FOREIGN,
        /// A word that says nothing of the way.
        UNKNOWN
    }

    /// How a note for an agent left.
    public enum NoteExit {
        SENT,
        /// Too soon after another; the next one tells how many.
        MERGED,
        /// Connect fails; it is tried again.
        LATER,
        /// Connect failed too often.
        GIVEN_UP,
        CHAT_OVER,
        REFUSED,
        SWITCHED_OFF
    }

    /// How what a colleague wrote in the WhatsApp Business app left.
    public enum EchoExit {
        TOLD,
        /// The customer has no open chat.
        NO_CHAT,
        REFUSED,
        /// Connect failed too often.
        GIVEN_UP
    }

    /// How a receipt for an agent left.
    public enum ReceiptExit {
        SENT,
        /// Switched off, or of what no agent has said.
        NOT_WANTED,
        OVER_BUDGET,
        CHAT_OVER,
        REFUSED
    }

    /// What became of a free-form reply whose care window was over.
    public enum CareWindowExit {
        /// A template took its place.
        TEMPLATE,
        /// It was not sent.
        REFUSED
    }

    /// How a read mark for a customer left.
    public enum ReadMarkExit {
        SENT,
        /// Switched off, or of nothing that WhatsApp knows.
        NOT_WANTED,
        OVER_BUDGET,
        REFUSED
    }

    /// How an agent's typing left.
    public enum TypingExit {
        SENT,
        /// Switched off, or nobody knows what the customer wrote last.
        NOT_WANTED,
        /// It came too late to be of use.
        LATE,
        /// WhatsApp shows it still.
        SHOWN_ALREADY,
        OVER_BUDGET,
        REFUSED
    }

    /// How the acknowledgement of a turn left.
    public enum ReactionExit {
        /// It is a reply now.
        REQUESTED,
        NOT_WANTED,
        /// The chat is not known any more.
        NO_CHAT
    }

    private final MeterRegistry registry;

    public ReplyMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void doubtLeft(DoubtExit exit) {
        count("lull.bridge.doubts", "Parts of replies in doubt (delivery unknown) by outcome", exit);
    }

    public void statusLeft(StatusExit exit) {
        count("lull.bridge.statuses", "WhatsApp's statuses by outcome", exit);
    }

    public void noteLeft(NoteExit exit) {
        count("lull.bridge.notes", "Notes for agents by outcome", exit);
    }

    public void echoLeft(EchoExit exit) {
        count("lull.bridge.echoes", "Messages of colleagues in the business app by outcome", exit);
    }

    public void receiptLeft(ReceiptExit exit) {
        count("lull.bridge.receipts", "Receipts for agents by outcome", exit);
    }

    public void careWindowOver(CareWindowExit exit) {
        count("lull.bridge.care.windows", "Free-form replies after the care window by outcome", exit);
    }

    public void readMarkLeft(ReadMarkExit exit) {
        count("lull.bridge.read.marks", "Read receipts for customers by outcome", exit);
    }

    public void typingLeft(TypingExit exit) {
        count("lull.bridge.typing", "Typing indicators of agents by outcome", exit);
    }

    public void reactionLeft(ReactionExit exit) {
        count("lull.bridge.reactions", "Acknowledgements of turns by outcome", exit);
    }

    private void count(String name, String description, Enum<?> exit) {
        Counter.builder(name)
                .description(description)
                .tag("exit", exit.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }
}
