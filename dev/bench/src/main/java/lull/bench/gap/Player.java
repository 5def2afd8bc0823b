package lull.bench.gap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import lull.aggregator.gap.AdaptiveGap;
import lull.aggregator.gap.Business;
import lull.aggregator.gap.Sender;
import lull.aggregator.gap.advice.Trace;
import org.jspecify.annotations.Nullable;

/// Plays conversations through the adaptive gap. Each sender of a conversation is the customer in turn, and
/// what the others write are the business's answers.
final class Player {

    private final AdaptiveGap gap;
    private final Map<String, Business> businesses = new HashMap<>();

    Player(AdaptiveGap gap) {
        this.gap = gap;
    }

    /// Returns the gap after each message of each conversation, in milliseconds.
    List<long[]> gaps(List<Trace> traces) {
        return play(traces, decision -> decision.gap().toMillis());
    }

    /// Returns what the policy says after each message, also where the fixed gap rules.
    List<long[]> policy(List<Trace> traces) {
        return play(traces, decision -> decision.policy().toMillis());
    }

    /// Returns the gap after each message as [#gaps(List)] does, with how likely another message is. Lines of the
    /// business have none.
    List<AdaptiveGap.@Nullable Decision[]> decisions(List<Trace> traces) {
        List<AdaptiveGap.@Nullable Decision[]> all = new ArrayList<>();
        for (Trace trace : traces) {
            Conversation conversation =
                    new Conversation(gap, businesses.computeIfAbsent(trace.source(), _ -> new Business()));
            AdaptiveGap.@Nullable Decision[] decisions =
                    new AdaptiveGap.Decision[trace.lines().size()];
            for (int line = 0; line < decisions.length; line++) {
                Trace.Line each = trace.lines().get(line);
                if (trace.isOfCustomer(each)) {
                    decisions[line] = conversation.wrote(each);
                } else {
                    conversation.answered(each);
                }
            }
            all.add(decisions);
        }
        return all;
    }

    private List<long[]> play(List<Trace> traces, ToLongFunction<AdaptiveGap.Decision> wait) {
        List<long[]> waits = new ArrayList<>();
        for (Trace trace : traces) {
            Business business = businesses.computeIfAbsent(trace.source(), _ -> new Business());
            Conversation conversation = new Conversation(gap, business);
            waits.add(trace.lines().stream()
                    .mapToLong(line -> trace.isOfCustomer(line)
                            ? wait.applyAsLong(conversation.wrote(line))
                            : conversation.answered(line))
                    .toArray());
        }
        return waits;
    }

    /// One conversation.
    static final class Conversation {

        private final AdaptiveGap gap;
        private final Business business;
        private final Map<Integer, Sender> senders = new HashMap<>();

        Conversation(AdaptiveGap gap, Business business) {
            this.gap = gap;
            this.business = business;
        }

        /// Records what the business wrote. Nobody waits after it.
        long answered(Trace.Line line) {
            breakBefore(line);
            senders.values().forEach(each -> gap.answered(each, business, line.at()));
            return 0;
        }

        private void breakBefore(Trace.Line line) {
            if (line.isAfterBreak()) {
                senders.values().forEach(each -> gap.over(each, business));
            }
        }

        AdaptiveGap.Decision wrote(Trace.Line line) {
            Sender sender = senders.computeIfAbsent(line.sender(), _ -> new Sender());
            breakBefore(line);
            AdaptiveGap.Decision decision = gap.wrote(sender, business, line.at(), line.shape());
            senders.forEach((number, other) -> {
                if (number != line.sender()) {
                    gap.answered(other, business, line.at());
                }
            });
            return decision;
        }
    }
}
