package lull.bench.gap;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import lull.aggregator.gap.Ending;
import lull.aggregator.gap.MessageShape;
import lull.aggregator.gap.Trait;
import lull.aggregator.gap.advice.Trace;

/// Conversations that nobody had: customers of several kinds, who write thoughts of one or more messages,
/// and a business that answers. The same seed always makes the same ones. They show that the policy adapts,
/// not how much it saves with people.
final class Synthetic {

    private static final int CONVERSATIONS = 250;
    private static final int THOUGHTS = 12;
    private static final int MOST_MESSAGES = 8;
    private static final double MILLIS = 1_000;
    private static final double LONGEST_SILENCE = 59;

    private final Random random;

    private Synthetic(long seed) {
        this.random = new Random(seed);
    }

    /// A kind of customer: the probability that another message follows one, the median silence before it in
    /// seconds, the standard deviation of its logarithm, and the probability that the last message of a thought
    /// closes its sentence.
    private enum Kind {
        WORD_BY_WORD(0.7, 2.5, 0.5, 0.2),
        FAST(0.4, 5, 0.6, 0.4),
        SLOW(0.35, 18, 0.6, 0.6),
        ONE_MESSAGE(0.05, 12, 0.7, 0.8);

        private final double goesOn;
        private final double silence;
        private final double spread;
        private final double closes;

        Kind(double goesOn, double silence, double spread, double closes) {
            this.goesOn = goesOn;
            this.silence = silence;
            this.spread = spread;
            this.closes = closes;
        }
    }

    /// Returns conversations of three businesses.
    static List<Trace> traces(long seed) {
        Synthetic synthetic = new Synthetic(seed);
        List<Trace> traces = new ArrayList<>();
        traces.addAll(synthetic.business("shop", List.of(Kind.FAST, Kind.WORD_BY_WORD, Kind.ONE_MESSAGE)));
        traces.addAll(synthetic.business("clinic", List.of(Kind.SLOW, Kind.ONE_MESSAGE)));
        traces.addAll(synthetic.business("bank", List.of(Kind.values())));
        return List.copyOf(traces);
    }

    private List<Trace> business(String name, List<Kind> kinds) {
        List<Trace> traces = new ArrayList<>();
        for (int i = 0; i < CONVERSATIONS; i++) {
            traces.add(conversation(name + "-" + i, name, kinds.get(random.nextInt(kinds.size()))));
        }
        return traces;
    }

    private Trace conversation(String id, String business, Kind kind) {
        List<Trace.Line> lines = new ArrayList<>();
        double at = 0;
        int thoughts = 1 + random.nextInt(THOUGHTS);
        for (int thought = 0; thought < thoughts; thought++) {
            boolean isLast = false;
            for (int place = 1; !isLast; place++) {
                isLast = place == MOST_MESSAGES || random.nextDouble() >= kind.goesOn;
                lines.add(new Trace.Line(Math.round(at * MILLIS), 0, shape(kind, place, isLast), false));
                at += isLast ? answerAfter() : Math.min(LONGEST_SILENCE, logNormal(kind.silence, kind.spread));
            }
            lines.add(new Trace.Line(Math.round(at * MILLIS), 1, shape(Kind.ONE_MESSAGE, 1, true), false));
            at += answerAfter();
        }
        return Trace.of(id, business, lines);
    }

    private MessageShape shape(Kind kind, int place, boolean isLast) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (place > 1 && random.nextDouble() < 0.6) {
            traits.add(Trait.LOWERCASE);
        }
        if (place > 1 && random.nextDouble() < 0.2) {
            traits.add(Trait.JOINING_WORD);
        }
        if (!isLast && random.nextDouble() < 0.15) {
            traits.add(Trait.OPEN_END);
        }
        Ending ending = Ending.NOTHING;
        if (random.nextDouble() < (isLast ? kind.closes : kind.closes / 3)) {
            ending = random.nextBoolean() ? Ending.QUESTION : Ending.PERIOD;
        } else if (!isLast && random.nextDouble() < 0.1) {
            ending = Ending.COMMA;
        }
        int length = (int) Math.min(400, logNormal(kind == Kind.WORD_BY_WORD ? 6 : 28, 0.8));
        return MessageShape.of(length, ending, traits);
    }

    private double answerAfter() {
        return logNormal(25, 0.8);
    }

    private double logNormal(double median, double spread) {
        return median * StrictMath.exp(spread * random.nextGaussian());
    }
}
