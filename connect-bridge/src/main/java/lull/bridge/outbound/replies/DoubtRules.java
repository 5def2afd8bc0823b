package lull.bridge.outbound.replies;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyOrigin;
import lull.contract.reply.ReplyOutcome;
import lull.contract.reply.ReplyOutcome.Doubted.Decision;

/// Rules for the next step of a part of a reply, from what `whatsapp.reply.sent` says of it. Pure.
///
/// A part whose intent has nothing behind it is in doubt: a crash or a lost answer leaves open whether WhatsApp has
/// it. It waits for WhatsApp's report of it; when none comes in time, the settings decide.
///
/// @param reportWait for a report after a call that was not answered
/// @param answeredWait for a report after an error that does not exclude that WhatsApp has the part
/// @param mostSendsAgain how often a part is sent once more
/// @param ofChats what is decided for what is said in chats
/// @param ofOthers what is decided for templates and for applications
record DoubtRules(Duration reportWait, Duration answeredWait, int mostSendsAgain, Decision ofChats, Decision ofOthers) {

    /// What to do with a part.
    sealed interface Step {

        /// Nobody has tried it, or WhatsApp has certainly not taken it.
        record Send() implements Step {}

        /// WhatsApp has it.
        ///
        /// @param settled by a report, without an answer to the call
        record Passed(boolean settled) implements Step {}

        /// WhatsApp does not want it.
        record Refused(ReplyOutcome.Refused refusal) implements Step {}

        /// It is in doubt, and a report may still come.
        record Wait(Duration rest) implements Step {}

        /// It is in doubt, and no report has come in time.
        record Decide(Decision decision) implements Step {}

        /// It was in doubt, and somebody is told.
        record GivenUp() implements Step {}
    }

    /// The next step of a part.
    ///
    /// @param outcomes of this part, oldest first
    /// @param since when the reading of reports began: before, nobody may have read those that had come
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
