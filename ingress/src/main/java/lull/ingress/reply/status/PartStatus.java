package lull.ingress.reply.status;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import lull.contract.reply.ReplyOutcome;
import org.jspecify.annotations.Nullable;

/// Status of a part of a reply, by its outcomes in `whatsapp.reply.sent`. After WhatsApp has accepted a part,
/// its status only goes forward, in whatever order and however often outcomes are read. Immutable.
///
/// @param at the time of the outcome that led to the status
/// @param messageId WhatsApp's id of the message; absent until WhatsApp has accepted it
/// @param code WhatsApp's error code; absent unless it is refused
/// @param reason why it is refused or unclear
/// @param decision about a doubt; absent unless it is doubted
record PartStatus(
        int part,
        State status,
        Instant at,
        @Nullable String messageId,
        @Nullable Integer code,
        @Nullable String reason,
        @Nullable Decision decision) {

    private static final int MAX_REASON = 500;

    /// Where a part or a reply is, the earliest first.
    enum State {
        /// WhatsApp does not have it yet.
        REQUESTED,
        /// A call of WhatsApp is in progress, or its result is not known yet.
        SENDING,
        /// WhatsApp answered with an error after which it may still have it.
        UNCLEAR,
        /// No report of WhatsApp has arrived in time, so something was decided.
        DOUBTED,
        /// WhatsApp has accepted it.
        SENT,
        /// It is on the customer's phone.
        DELIVERED,
        /// The customer has read it.
        READ,
        /// The customer has played the voice message.
        PLAYED,
        /// It does not arrive.
        REFUSED;

        /// The word in the answer.
        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Whether WhatsApp may not have it.
        private boolean isBeforeSent() {
            return compareTo(SENT) < 0;
        }

        /// Returns the state for WhatsApp's word; empty for other words.
        private static Optional<State> reported(String word) {
            return switch (word) {
                case "sent" -> Optional.of(SENT);
                case "delivered" -> Optional.of(DELIVERED);
                case "read" -> Optional.of(READ);
                case "played" -> Optional.of(PLAYED);
                default -> Optional.empty();
            };
        }
    }

    /// What was decided about a part when it is unknown whether it was sent.
    enum Decision {
        /// It is sent once more, and may arrive twice.
        SENT_AGAIN,
        /// It is not sent again, and may not arrive.
        NOT_SENT_AGAIN;

        private static Decision of(ReplyOutcome.Doubted doubted) {
            return switch (doubted.decision()) {
                case SENT_AGAIN -> SENT_AGAIN;
                case TOLD -> NOT_SENT_AGAIN;
            };
        }

        /// The word in the answer.
        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The status of a part before its first outcome.
    static PartStatus first(int part, Instant at) {
        return new PartStatus(part, State.REQUESTED, at, null, null, null, null);
    }

    /// Returns the status after one more outcome of this part.
    PartStatus after(ReplyOutcome outcome) {
        return switch (outcome) {
            // Only texts of chats are joined, and no program asked for them.
            case ReplyOutcome.Joined joined -> this;
            case ReplyOutcome.Intended intended -> early(State.SENDING, intended.at(), null, null);
            case ReplyOutcome.NotTaken notTaken -> early(State.REQUESTED, notTaken.at(), null, null);
            case ReplyOutcome.Unclear unclear -> early(State.UNCLEAR, unclear.at(), unclear.reason(), null);
            case ReplyOutcome.Doubted doubted -> early(State.DOUBTED, doubted.at(), null, Decision.of(doubted));
            case ReplyOutcome.Sent sent ->
                status.isBeforeSent() ? accepted(State.SENT, sent.messageId(), sent.at()) : this;
            case ReplyOutcome.Reported reported ->
                State.reported(reported.status())
                        .filter(next -> next.compareTo(status) > 0)
                        .map(next -> accepted(next, reported.messageId(), reported.at()))
                        .orElse(this);
            case ReplyOutcome.Refused refused -> refused(refused);
        };
    }

    private PartStatus early(State next, Instant when, @Nullable String why, @Nullable Decision decided) {
        return status.isBeforeSent() ? new PartStatus(part, next, when, null, null, shortened(why), decided) : this;
    }

    private PartStatus accepted(State next, String id, Instant when) {
        return new PartStatus(part, next, when, id.isEmpty() ? messageId() : id, null, null, null);
    }

    /// A delivered part cannot fail any more.
    private PartStatus refused(ReplyOutcome.Refused refused) {
        boolean isFinal = status.compareTo(State.DELIVERED) >= 0;
        return isFinal
                ? this
                : new PartStatus(
                        part,
                        State.REFUSED,
                        refused.at(),
                        messageId(),
                        refused.code(),
                        shortened(refused.reason()),
                        null);
    }

    static @Nullable String shortened(@Nullable String reason) {
        return reason == null || reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON);
    }
}
