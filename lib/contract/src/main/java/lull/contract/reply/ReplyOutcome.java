package lull.contract.reply;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import lull.contract.trace.TraceParent;
import org.jspecify.annotations.Nullable;

/// Outcome of a reply: the values of `whatsapp.reply.sent`, written in the partition of the request. A
/// reply of several parts has separate outcomes for each part. Immutable.
///
/// An intent without a later outcome is a doubt: it is unknown whether WhatsApp has the part, because
/// it supports no idempotency key. WhatsApp's status of the part settles the doubt.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ReplyOutcome.Joined.class, name = "joined"),
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

    /// The text is sent in a reply that joins it with others, and in no other one, whatever becomes of
    /// that. Written before the intent of that reply.
    ///
    /// @param replyId Connect's id of the text
    /// @param part always 0
    /// @param into the id of the reply that joins it
    record Joined(String replyId, int part, String into, Instant at) implements ReplyOutcome {}

    /// The call to WhatsApp is about to be made.
    ///
    /// @param tells the initial contact of the chat whose agent is notified if it fails; absent if
    ///     there is no agent
    /// @param trace the span that caused the reply, if it is traced
    /// @param texts Connect's ids of the texts that the reply joins; empty if it joins none
    record Intended(
            String replyId,
            int part,
            @Nullable String tells,
            Instant at,
            @Nullable TraceParent trace,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> texts)
            implements ReplyOutcome {

        @JsonCreator
        public Intended {
            texts = texts == null ? List.of() : List.copyOf(texts);
        }

        /// Creates an intent of a reply that joins nothing.
        public Intended(String replyId, int part, @Nullable String tells, Instant at, @Nullable TraceParent trace) {
            this(replyId, part, tells, at, trace, List.of());
        }

        /// Creates an intent of a reply that is not traced.
        public Intended(String replyId, int part, @Nullable String tells, Instant at) {
            this(replyId, part, tells, at, null);
        }
    }

    /// WhatsApp has certainly not accepted it. It will be retried.
    ///
    /// @param direct WhatsApp's error code if it refused to send the part as a utility message without a template
    ///     (Direct Send), so that it is not sent in this form again; absent if not
    record NotTaken(String replyId, int part, @Nullable Integer direct, Instant at) implements ReplyOutcome {

        @JsonCreator
        public NotTaken {}

        /// Creates one that is retried in any form.
        public NotTaken(String replyId, int part, Instant at) {
            this(replyId, part, null, at);
        }
    }

    /// WhatsApp answered with an error after which it may still have the part.
    record Unclear(String replyId, int part, String reason, Instant at) implements ReplyOutcome {}

    /// WhatsApp has accepted the part.
    ///
    /// @param messageId WhatsApp's id of it; empty if its answer had none
    record Sent(String replyId, int part, String messageId, Instant at) implements ReplyOutcome {}

    /// WhatsApp has reported the delivery status of the part. A report that would go back to an earlier
    /// status is ignored.
    ///
    /// @param status WhatsApp's word: sent, delivered, read or played
    record Reported(String replyId, int part, String messageId, String status, Instant at) implements ReplyOutcome {}

    /// WhatsApp does not accept it, or could not deliver it.
    ///
    /// @param code WhatsApp's error code
    record Refused(String replyId, int part, int code, String reason, Instant at) implements ReplyOutcome {}

    /// No report has arrived in time; records the decision.
    record Doubted(String replyId, int part, Decision decision, Instant at) implements ReplyOutcome {

        /// Decision about a part when it is unknown whether it was sent.
        public enum Decision {
            /// It is sent once more, and may arrive twice.
            SENT_AGAIN,
            /// It is not sent again, and may not arrive; somebody is notified.
            TOLD;

            @JsonValue
            public String word() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }
}
