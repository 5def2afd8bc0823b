package lull.contract.reply;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/// What became of a reply: the values of `whatsapp.reply.sent`, written in the partition of the request. A reply
/// of several parts has outcomes of its own for each part.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ReplyOutcome.Intended.class, name = "intended"),
    @JsonSubTypes.Type(value = ReplyOutcome.Sent.class, name = "sent"),
    @JsonSubTypes.Type(value = ReplyOutcome.Refused.class, name = "refused")
})
public sealed interface ReplyOutcome {

    String replyId();

    int part();

    Instant at();

    /// The call to WhatsApp is about to be made.
    record Intended(String replyId, int part, Instant at) implements ReplyOutcome {}

    /// WhatsApp has accepted the part.
    ///
    /// @param messageId WhatsApp's id of it; empty where its answer had none
    record Sent(String replyId, int part, String messageId, Instant at) implements ReplyOutcome {}

    /// WhatsApp will not take it.
    ///
    /// @param code WhatsApp's error code
    record Refused(String replyId, int part, int code, String reason, Instant at) implements ReplyOutcome {}
}
