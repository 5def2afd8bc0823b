package lull.bridge.outbound.replies;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lull.contract.reply.JoinedText;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyOutcome;
import lull.lanes.Fence;
import lull.lanes.Incoming;
import lull.lanes.results.ResultLog;

/// Claims of replies on the texts that they join: a text is in the first reply that claims it, or in
/// its own, and in no other. After a crash the same texts may be requested again in other groups; a
/// reply then sends what is left of it. The claims are in `whatsapp.reply.sent`, written before the
/// intent, so that every later attempt sends the same. Safe for several threads, one at a time for each
/// conversation.
final class JoinedTexts {

    private final ResultLog<ReplyOutcome> outcomes;
    private final InstantSource clock;

    JoinedTexts(ResultLog<ReplyOutcome> outcomes, InstantSource clock) {
        this.outcomes = outcomes;
        this.clock = clock;
    }

    /// Returns a reply with those of its texts that no other reply has, after it has claimed them;
    /// empty if it has none.
    Optional<Reply> claim(Incoming<Reply> incoming, Fence fence) {
        Reply reply = incoming.value();
        List<JoinedText> own = new ArrayList<>();
        for (JoinedText text : reply.texts()) {
            List<ReplyOutcome> known = outcomes.of(incoming, text.id());
            if (known.isEmpty()) {
                fence.check();
                outcomes.add(incoming, text.id(), new ReplyOutcome.Joined(text.id(), 0, reply.id(), clock.instant()));
                own.add(text);
            } else if (known.stream().anyMatch(outcome -> isClaim(outcome, reply.id()))) {
                own.add(text);
            }
        }
        return own.isEmpty()
                ? Optional.empty()
                : Optional.of(own.size() == reply.texts().size() ? reply : reply.joining(own));
    }

    private static boolean isClaim(ReplyOutcome outcome, String replyId) {
        return outcome instanceof ReplyOutcome.Joined joined && joined.into().equals(replyId);
    }
}
