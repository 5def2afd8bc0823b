package lull.bridge.outbound.replies;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyOrigin;
import lull.contract.reply.ReplyOutcome;
import lull.contract.reply.ReplyOutcome.Doubted.Decision;

/// Rules for the next step of a part of a reply, from its records in `whatsapp.reply.sent`. Pure.
///
/// A part with an intent and no outcome is in doubt: after a crash or a lost answer it is unknown
/// whether WhatsApp has it. It waits for WhatsApp's report; if none arrives in time, the settings
/// decide.
///
/// @param reportWait how long to wait for a report after a call that was not answered
/// @param answeredWait how long to wait for a report after an error that does not exclude that WhatsApp
///     has the part
/// @param mostSendsAgain the maximum number of times that a part is sent again
/// @param ofChats the decision for replies in chats
/// @param ofOthers the decision for templates and for replies of applications
record DoubtPolicy(
        Duration reportWait, Duration answeredWait, int mostSendsAgain, Decision ofChats, Decision ofOthers) {

    /// Next step of a part.
    sealed interface Step {

        /// Send it: nobody has tried to, or WhatsApp has certainly not accepted it.
        record Send() implements Step {}

        /// WhatsApp has it.
        ///
        /// @param settled by a report, without an answer to the call
        record Passed(boolean settled) implements Step {}

        /// WhatsApp refuses it.
        record Refused(ReplyOutcome.Refused refusal) implements Step {}

        /// Wait: it is in doubt, and a report may still arrive.
        record Wait(Duration rest) implements Step {}

        /// Decide: it is in doubt, and no report has arrived in time.
        record Decide(Decision decision) implements Step {}

        /// Give up: it was in doubt, and somebody is notified.
        record GivenUp() implements Step {}
    }

    /// Returns the next step of a part.
    ///
    /// @param outcomes of this part, oldest first
    /// @param since when the reading of reports began; it is possible that nobody read earlier ones
    Step next(Reply reply, List<ReplyOutcome> outcomes, Instant since, Instant now) {
        Instant deadline = null;
        boolean answered = false;
        boolean reported = false;
        int sendsAgain = 0;
        for (ReplyOutcome outcome : outcomes) {
            switch (outcome) {
                case ReplyOutcome.Refused refused -> {
                    return new Step.Refused(refused);
                }
                // The reply that joins it is responsible for it, also if it is refused or in doubt.
                case ReplyOutcome.Joined joined -> {
                    return new Step.Passed(false);
                }
                case ReplyOutcome.Sent sent -> answered = true;
                case ReplyOutcome.Reported report -> reported = true;
                case ReplyOutcome.Intended intended ->
                    deadline = later(intended.at(), since).plus(reportWait);
                case ReplyOutcome.Unclear unclear ->
                    deadline = later(unclear.at(), since).plus(answeredWait);
                case ReplyOutcome.NotTaken notTaken -> deadline = null;
                case ReplyOutcome.Doubted doubted -> {
                    if (doubted.decision() == Decision.TOLD) {
                        return new Step.GivenUp();
                    }
                    deadline = null;
                    sendsAgain++;
                }
            }
        }
        if (answered || reported) {
            return new Step.Passed(!answered);
        }
        if (deadline == null) {
            return new Step.Send();
        }
        return now.isBefore(deadline)
                ? new Step.Wait(Duration.between(now, deadline))
                : new Step.Decide(sendsAgain < mostSendsAgain ? decision(reply) : Decision.TOLD);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private Decision decision(Reply reply) {
        boolean isOfChat =
                reply.origin() instanceof ReplyOrigin.Chat && !(reply.content() instanceof ReplyContent.Template);
        return isOfChat ? ofChats : ofOthers;
    }
}
