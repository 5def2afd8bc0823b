package lull.aggregator.turn;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import lull.aggregator.gap.GapModel;
import lull.aggregator.gap.GapModels;
import lull.aggregator.gap.Score;
import lull.aggregator.gap.Sender;
import lull.contract.ConversationKey;
import lull.contract.message.GapRule;
import lull.contract.turn.GapDecision;

/// What decides in a partition how long to wait, and how well it did. Any thread may read it. Gaps and models
/// do not change; the scores are a view of those of the partition, which follows it: a message changes the
/// score of its business number and copies no other.
///
/// @param gaps what setting records have set
/// @param models the model for the next message, and those before it
/// @param scores of the adaptive gap, by business number; a concurrent map if it changes
/// @param lambdas how many seconds of delay one cut thought is worth at the business numbers whose adaptive gap
///     cuts as many thoughts as their fixed gap; the empty number stands for all others
public record GapState(
        GapsInForce gaps, GapModels models, Map<String, Score> scores, SortedMap<String, Double> lambdas) {
    public GapState {
        scores = Collections.unmodifiableMap(scores);
        lambdas = Collections.unmodifiableSortedMap(lambdas);
    }

    /// The model for the next message.
    public GapModel model() {
        return models.current();
    }

    /// Returns how the last message of an open turn was judged, as the turn will say when it closes; empty where the
    /// adaptive gap was not asked.
    public Optional<GapDecision> decision(String conversation, OpenTurn turn, InputPolicy policy) {
        String number = ConversationKey.parse(conversation).businessNumber();
        if (gaps.rule(number, policy).policy() == GapRule.Policy.FIXED) {
            return Optional.empty();
        }
        return Optional.ofNullable(turn.sender())
                .map(Sender::of)
                .map(sender -> sender.decision(turn.lastTime(), models));
    }
}
