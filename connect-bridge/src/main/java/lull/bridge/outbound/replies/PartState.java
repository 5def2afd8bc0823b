package lull.bridge.outbound.replies;

import lull.contract.reply.ReplyOutcome;
import lull.contract.reply.ReplyOutcome.Doubted.Decision;
import lull.whatsapp.ReplySender.ReplyPart;

/// State of the current part of a reply in an attempt.
sealed interface PartState {

    ReplyPart part();

    /// Its records have to be looked up.
    ///
    /// @param tried whether this attempt has sent it, so that it must have an outcome
    record Unknown(ReplyPart part, boolean tried) implements PartState {}

    /// Nobody has sent it, or WhatsApp has certainly not accepted it.
    record Due(ReplyPart part) implements PartState {}

    /// WhatsApp would refuse it, because the care window is over.
    record OutsideWindow(ReplyPart part) implements PartState {}

    /// It may be sent, except for the rate limit.
    ///
    /// @param sent what is sent: the part, the same as a utility message, or a template in its place
    record Allowed(ReplyPart part, ReplyPart sent) implements PartState {

        boolean isTemplateInstead() {
            return !sent.isUtility() && !part.equals(sent);
        }
    }

    /// It is unknown whether WhatsApp has it, and no report has arrived in time.
    record InDoubt(ReplyPart part, Decision decision) implements PartState {}

    /// It was in doubt and is not sent again.
    record GivenUp(ReplyPart part) implements PartState {}

    /// WhatsApp refuses it.
    record Refused(ReplyPart part, ReplyOutcome.Refused refusal) implements PartState {}

    /// WhatsApp has it.
    record Passed(ReplyPart part) implements PartState {}
}
