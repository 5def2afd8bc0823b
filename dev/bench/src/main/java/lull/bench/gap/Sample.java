package lull.bench.gap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lull.aggregator.gap.Features;
import lull.aggregator.gap.Sender;
import lull.aggregator.gap.advice.Trace;

/// A message to learn from.
///
/// @param weight all messages of a source together count as much as the square root of their number
/// @param isFollowed whether another message of the same turn followed
/// @param logSilence the logarithm of the silence in seconds, if so
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Sample(double[] features, double weight, boolean isFollowed, double logSilence) {

    /// Returns the messages of all senders.
    static List<Sample> of(List<Trace> traces) {
        Map<String, Integer> messages = new HashMap<>();
        traces.forEach(trace -> messages.merge(trace.source(), trace.lines().size(), Integer::sum));
        List<Sample> samples = new ArrayList<>();
        for (Trace trace : traces) {
            addOf(trace, 1 / Math.sqrt(messages.getOrDefault(trace.source(), 1)), samples);
        }
        return samples;
    }

    private static void addOf(Trace trace, double weight, List<Sample> samples) {
        Map<Integer, Integer> next = new HashMap<>();
        for (int[] turn : trace.turns()) {
            for (int i = 1; i < turn.length; i++) {
                next.put(turn[i - 1], turn[i]);
            }
        }
        Map<Integer, Sender> senders = new HashMap<>();
        for (int i = 0; i < trace.lines().size(); i++) {
            Trace.Line line = trace.lines().get(i);
            Sender sender = senders.computeIfAbsent(line.sender(), _ -> new Sender());
            if (line.isAfterBreak()) {
                senders.values().forEach(Sample::over);
            }
            if (!trace.isOfCustomer(line)) {
                senders.values().forEach(other -> answered(other, line));
                continue;
            }
            if (sender.isUndecided()) {
                sender.decide(sender.outcomeOfWriting(line.at()));
            }
            double[] features = Features.of(sender, line.at(), line.shape());
            Integer following = next.get(i);
            double logSilence = following == null
                    ? 0
                    : Features.logSilence(trace.lines().get(following).at() - line.at());
            samples.add(new Sample(features, weight, following != null, logSilence));
            sender.wrote(line.at(), line.shape());
            senders.forEach((number, other) -> {
                if (number != line.sender()) {
                    answered(other, line);
                }
            });
        }
    }

    private static void answered(Sender sender, Trace.Line line) {
        over(sender);
        sender.answered(line.at());
    }

    private static void over(Sender sender) {
        if (sender.isUndecided()) {
            sender.decide(new Sender.Outcome(false, 0));
        }
    }
}
