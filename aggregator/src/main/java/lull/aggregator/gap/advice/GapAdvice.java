package lull.aggregator.gap.advice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lull.aggregator.gap.AdaptiveGap;
import lull.aggregator.gap.Business;
import lull.aggregator.gap.GapModel;
import lull.aggregator.gap.Sender;
import lull.contract.message.GapRule;

/// What gaps and policies would have done with recorded conversations: chat messages of Amazon
/// Connect, thoughts that are cut, and how long customers wait. Silences are those between messages,
/// whatever gap was in force then. Immutable.
///
/// @param conversations how many
/// @param messages of customers
/// @param turns of customers, as they really were
/// @param points one for each candidate, in their order; empty if the turns are too few
public record GapAdvice(int conversations, long messages, long turns, List<Point> points) {

    /// With fewer turns there are no points.
    public static final int FEWEST_TURNS = 30;

    /// How many characters a chat message of Amazon Connect may have.
    private static final int MOST_CHARACTERS = 1_024;

    private static final double MILLIS = 1_000;
    private static final Duration FLOOR = Duration.ofSeconds(2);

    public GapAdvice {
        points = List.copyOf(points);
    }

    /// A gap and what decides how long to wait.
    public record Candidate(Duration gap, GapRule rule) {

        /// Returns a fixed gap.
        public static Candidate fixed(Duration gap) {
            return new Candidate(gap, GapRule.FIXED);
        }

        /// Returns the adaptive gap that cuts as many thoughts as a fixed gap.
        public static Candidate like(Duration gap) {
            return new Candidate(gap, new GapRule(GapRule.Policy.ADAPTIVE, null, FLOOR, null));
        }

        /// Whether something else than the gap decides. A policy that is only tried does not.
        public boolean isAdaptive() {
            return rule.policy() == GapRule.Policy.ADAPTIVE && rule.decidesBeside(gap);
        }
    }

    /// What a candidate would have done.
    ///
    /// @param connect chat messages of customers in all of the conversations
    /// @param cut the share of turns that were cut at least once
    /// @param delay seconds from a turn's last message to its end, on average
    public record Point(Candidate candidate, Estimate connect, Estimate cut, Estimate delay) {}

    /// Returns what candidates would have done with conversations that have one customer each. Ends
    /// with an `InterruptedException` soon after the thread is interrupted.
    ///
    /// @param maxDuration how long a turn may last; a longer gap counts as this limit too
    public static GapAdvice of(List<Trace> traces, List<Candidate> candidates, Duration maxDuration, GapModel model)
            throws InterruptedException {
        long messages = 0;
        long turns = 0;
        for (Trace trace : traces) {
            messages += trace.lines().stream().filter(trace::isOfCustomer).count();
            turns += trace.turns().size();
        }
        List<Point> points = new ArrayList<>();
        if (turns >= FEWEST_TURNS) {
            for (Candidate candidate : candidates) {
                points.add(point(traces, candidate, maxDuration, model));
            }
        }
        return new GapAdvice(traces.size(), messages, turns, points);
    }

    private static Point point(List<Trace> traces, Candidate candidate, Duration maxDuration, GapModel model)
            throws InterruptedException {
        Duration longest = maxDuration.compareTo(candidate.gap()) < 0 ? candidate.gap() : maxDuration;
        Waits waits = waits(candidate, longest, model);
        double[] connect = new double[traces.size()];
        double[] turns = new double[traces.size()];
        double[] cuts = new double[traces.size()];
        double[] delays = new double[traces.size()];
        for (int i = 0; i < traces.size(); i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("The advice is no longer wanted");
            }
            Trace trace = traces.get(i);
            Played played = new Played(trace, waits.of(trace), longest.toMillis());
            connect[i] = played.connect();
            for (int[] turn : trace.turns()) {
                turns[i]++;
                cuts[i] += played.isCut(turn) ? 1 : 0;
                delays[i] += played.delay(turn[turn.length - 1]) / MILLIS;
            }
        }
        return new Point(candidate, Estimate.sum(connect), Estimate.ratio(cuts, turns), Estimate.ratio(delays, turns));
    }

    /// How long each message of a conversation is waited for, in milliseconds.
    @FunctionalInterface
    private interface Waits {
        long[] of(Trace trace);
    }

    private static Waits waits(Candidate candidate, Duration maxDuration, GapModel model) {
        if (!candidate.isAdaptive()) {
            return trace -> {
                long[] waits = new long[trace.lines().size()];
                Arrays.fill(waits, candidate.gap().toMillis());
                return waits;
            };
        }
        GapRule rule = candidate.rule();
        Double lambda = rule.lambda();
        Duration cap = rule.capBeside(candidate.gap(), maxDuration);
        Duration floor = rule.floor().compareTo(cap) > 0 ? cap : rule.floor();
        AdaptiveGap gap = new AdaptiveGap(
                model,
                new AdaptiveGap.Options(
                        lambda == null ? model.like(candidate.gap()) : lambda, floor, cap, candidate.gap()));
        Map<String, Business> businesses = new HashMap<>();
        return trace -> adaptive(trace, gap, businesses.computeIfAbsent(trace.source(), _ -> new Business()));
    }

    private static long[] adaptive(Trace trace, AdaptiveGap gap, Business business) {
        long[] waits = new long[trace.lines().size()];
        Sender sender = new Sender();
        for (int i = 0; i < waits.length; i++) {
            Trace.Line line = trace.lines().get(i);
            if (line.isAfterBreak()) {
                gap.over(sender, business);
            }
            if (!trace.isOfCustomer(line)) {
                gap.answered(sender, business, line.at());
            } else if (line.endsTurn()) {
                gap.wroteLast(sender, business, line.at(), line.shape());
            } else {
                waits[i] = gap.wrote(sender, business, line.at(), line.shape())
                        .gap()
                        .toMillis();
            }
        }
        return waits;
    }

    /// A conversation, divided as Lull would have divided it. Answers of the business do not divide
    /// it.
    private static final class Played {
        private final Trace trace;
        private final List<Trace.Line> lines;
        private final long[] waits;
        private final boolean[] isFirst;

        /// How much longer the turn may last after each message.
        private final long[] left;

        Played(Trace trace, long[] waits, long maxMillis) {
            this.trace = trace;
            this.lines = trace.lines();
            this.waits = waits;
            this.isFirst = new boolean[waits.length];
            this.left = new long[waits.length];
            int last = -1;
            long opened = 0;
            boolean isAfterBreak = false;
            for (int i = 0; i < waits.length; i++) {
                Trace.Line line = lines.get(i);
                isAfterBreak |= line.isAfterBreak();
                if (!trace.isOfCustomer(line)) {
                    continue;
                }
                isFirst[i] = last < 0
                        || isAfterBreak
                        || lines.get(last).endsTurn()
                        || line.at() - lines.get(last).at() > waits[last]
                        || line.at() - opened > maxMillis;
                opened = isFirst[i] ? line.at() : opened;
                left[i] = opened + maxMillis - line.at();
                last = i;
                isAfterBreak = false;
            }
        }

        boolean isCut(int[] turn) {
            for (int i = 1; i < turn.length; i++) {
                if (isFirst[turn[i]]) {
                    return true;
                }
            }
            return false;
        }

        long delay(int place) {
            return lines.get(place).endsTurn() ? 0 : Math.min(waits[place], left[place]);
        }

        /// Returns the number of chat messages: texts that follow each other in a turn are one, up to
        /// the size of a chat message, and anything else is one of its own.
        long connect() {
            long messages = 0;
            int characters = -1;
            for (int i = 0; i < waits.length; i++) {
                if (!trace.isOfCustomer(lines.get(i))) {
                    continue;
                }
                if (isFirst[i]) {
                    messages += parts(characters);
                    characters = -1;
                }
                if (lines.get(i).shape().isMedia()) {
                    messages += parts(characters) + 1;
                    characters = -1;
                } else {
                    characters = (characters < 0 ? 0 : characters + 1)
                            + lines.get(i).shape().length();
                }
            }
            return messages + parts(characters);
        }

        /// @param characters -1: there is no text
        private static long parts(int characters) {
            return characters < 0 ? 0 : Math.max(1, Math.ceilDiv(characters, MOST_CHARACTERS));
        }
    }
}
