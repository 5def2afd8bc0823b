package lull.contract.reply;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What became of a reply: the values of `whatsapp.reply.sent`, written in the partition of the request. A reply
/// of several parts has outcomes of its own for each part.
///
/// An intent without anything behind it is a doubt: WhatsApp may have the part or not, as it knows no idempotency
/// key. What WhatsApp reports of it settles the doubt.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ReplyOutcome.Intended.class, name = "intended"),
    @JsonSubTypes.Type(value = ReplyOutcome.NotTaken.class, name = "not_taken"),
    @JsonSubTypes.Type(value = ReplyOutcome.Unclear.class, name = "unclear"),
    @JsonSubTypes.Type(value = ReplyOutcome.Sent.class, name = "sent"),
    @JsonSubTypes.Type(value = ReplyOutcome.Reported.class, name = "reported"),
    @JsonSubTypes.Type(value = ReplyOutcome.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = ReplyOutcome.Doubted.class, name = "doubted")
})
public sealed interface ReplyOutcome {

    String replyId();

    int part();

    Instant at();

    /// The call to WhatsApp is about to be made.
    ///
    /// @param tells the initial contact of the chat whose agent is told if it comes to nothing; absent where there
    ///     is no agent
    record Intended(String replyId, int part, @Nullable String tells, Instant at) implements ReplyOutcome {}

    /// WhatsApp has certainly not taken it. It will be tried again.
    record NotTaken(String replyId, int part, Instant at) implements ReplyOutcome {}

    /// WhatsApp answered with an error after which it may have the part all the same.
    record Unclear(String replyId, int part, String reason, Instant at) implements ReplyOutcome {}

    /// WhatsApp has accepted the part.
    ///
    /// @param messageId WhatsApp's id of it; empty where its answer had none
    record Sent(String replyId, int part, String messageId, Instant at) implements ReplyOutcome {}

    /// WhatsApp has reported how far the part is. What would go back behind an earlier report is left out.
    ///
    /// @param status WhatsApp's word: sent, delivered, read or played
    record Reported(String replyId, int part, String messageId, String status, Instant at) implements ReplyOutcome {}

    /// WhatsApp will not take it, or could not deliver it.
    ///
    /// @param code WhatsApp's error code
    record Refused(String replyId, int part, int code, String reason, Instant at) implements ReplyOutcome {}

    /// No report has come in time: what was decided.
    record Doubted(String replyId, int part, Decision decision, Instant at) implements ReplyOutcome {

        /// What becomes of a part of which nobody knows whether it was sent.
        public enum Decision {
            /// It is sent once more, which may be once too often.
            SENT_AGAIN,
            /// It is not sent again, which may be once too seldom; somebody is told.
            TOLD;

            @JsonValue
            public String word() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }
}
