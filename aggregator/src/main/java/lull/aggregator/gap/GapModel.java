package lull.aggregator.gap;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.GapRule;
import lull.runtime.Sha256;

/// What was learned from conversations: the probability that another message of the same turn follows a
/// message, and how long it then takes. Both are linear in the message's features: the log odds of the
/// first, and the mean logarithm of the second, which is spread normally. Its numbers are bounded, so that
/// no judgement can overflow. Immutable.
///
/// @param version names the model, in turns and reports
/// @param terms one for each feature that the model uses
/// @param logOdds of a message whose features all have their mean
/// @param logSilence of such a message: the mean logarithm of the silence in seconds
/// @param spread the standard deviation of that logarithm
/// @param likes how much a cut thought is worth for as many cuts as with a fixed gap; by growing gaps
public record GapModel(
        String version, List<Term> terms, double logOdds, double logSilence, double spread, List<Like> likes) {

    /// How many models a sender's record can tell apart.
    static final int SLOTS = 8;

    private static final String SHIPPED = "model.json";

    /// Enough to tell a few models apart, of which nobody tries to make two alike.
    private static final int DIGEST_DIGITS = 16;

    private static final double MILLIS = 1_000;

    private static final Duration LONGEST_GAP = Duration.ofDays(1);

    /// The largest size of what is added to log odds or to the mean logarithm, and of both. Far above what
    /// can be learned, and so small that no sum of a message can overflow.
    private static final double MOST_EFFECT = 100;

    /// The largest size of a feature's mean, and the bounds of its deviation.
    private static final double MOST_MEAN = 1_000_000;

    private static final double LEAST_DEVIATION = 1e-6;
    private static final double MOST_DEVIATION = 1_000_000;

    /// The bounds of the standard deviation of the silence's logarithm.
    private static final double LEAST_SPREAD = 0.01;

    private static final double MOST_SPREAD = 10;

    /// How many deviations from its mean a feature counts at most.
    private static final double MOST_DEVIATIONS = 5;

    /// What a feature does.
    ///
    /// @param mean of the feature in the conversations
    /// @param deviation its standard deviation, from 0.000001
    /// @param logOdds added for each deviation above the mean
    /// @param logSilence likewise
    public record Term(Feature feature, double mean, double deviation, double logOdds, double logSilence) {
        public Term {
            String of = " of feature " + feature.word();
            requireWithin("mean" + of, mean, -MOST_MEAN, MOST_MEAN);
            requireWithin("deviation" + of, deviation, LEAST_DEVIATION, MOST_DEVIATION);
            requireWithin("logOdds" + of, logOdds, -MOST_EFFECT, MOST_EFFECT);
            requireWithin("logSilence" + of, logSilence, -MOST_EFFECT, MOST_EFFECT);
        }

        /// Returns the feature's value in deviations from the mean.
        public double standardized(double value) {
            return Math.clamp((value - mean) / deviation, -MOST_DEVIATIONS, MOST_DEVIATIONS);
        }
    }

    /// The worth of a cut thought with which as many are cut as with a fixed gap.
    ///
    /// @param cutSeconds how many seconds of delay it is worth
    public record Like(Duration gap, double cutSeconds) {
        public Like {
            if (!gap.isPositive() || gap.compareTo(LONGEST_GAP) > 0) {
                throw new IllegalArgumentException(
                        "a gap of likes must be above 0 and at most a day, but it is " + gap);
            }
            requireWithin("cutSeconds of the gap " + gap, cutSeconds, GapRule.LEAST_LAMBDA, GapRule.MAX_LAMBDA);
        }

        private double seconds() {
            return gap.toMillis() / MILLIS;
        }
    }

    public GapModel {
        requireWithin("logOdds of the model", logOdds, -MOST_EFFECT, MOST_EFFECT);
        requireWithin("logSilence of the model", logSilence, -MOST_EFFECT, MOST_EFFECT);
        requireWithin("spread of the model", spread, LEAST_SPREAD, MOST_SPREAD);
        if (likes.isEmpty()) {
            throw new IllegalArgumentException("likes of the model must have at least one entry, but it is empty");
        }
        requireOnce("terms", terms, term -> "feature " + term.feature().word());
        requireOnce("likes", likes, like -> "gap " + like.gap());
        terms = List.copyOf(terms);
        likes = List.copyOf(likes).stream()
                .sorted(Comparator.comparing(Like::gap))
                .toList();
    }

    /// Returns the model that Lull ships, which was learned from conversations of several kinds.
    public static GapModel shipped() {
        try (InputStream in = Objects.requireNonNull(GapModel.class.getResourceAsStream(SHIPPED))) {
            return read(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UnreadableJson e) {
            throw new IllegalStateException(e);
        }
    }

    /// Reads a model's file, of the format in docs/gap.md. The exception's message is a sentence about what
    /// is wrong with it.
    public static GapModel read(byte[] json) throws UnreadableJson {
        JsonNode file;
        try {
            file = Json.strictTree(json);
        } catch (UnreadableJson e) {
            throw new UnreadableJson("it is not JSON, or an object of it has a name twice");
        }
        return ModelFile.read(file);
    }

    /// Returns a digest of the content, version included: the same for equal models.
    public String digest() {
        return Sha256.hex(Json.bytes(this)).substring(0, DIGEST_DIGITS);
    }

    /// Judges a message.
    ///
    /// @param features of [Features#of]
    Outlook judge(double[] features) {
        double odds = logOdds;
        double silence = logSilence;
        for (Term term : terms) {
            double value = term.standardized(features[term.feature().place()]);
            odds += value * term.logOdds();
            silence += value * term.logSilence();
        }
        return new Outlook(odds, silence, spread);
    }

    /// Returns how many seconds of delay a cut thought is worth for as many cuts as with a fixed gap.
    /// Between the known gaps it is interpolated on logarithmic scales; beyond them the outermost counts.
    public double like(Duration gap) {
        Like below = likes.getFirst();
        for (Like above : likes) {
            if (above.gap().compareTo(gap) >= 0) {
                return between(below, above, gap.toMillis() / MILLIS);
            }
            below = above;
        }
        return below.cutSeconds();
    }

    private static void requireWithin(String what, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    what + " must be from " + plain(least) + " to " + plain(most) + ", but it is " + value);
        }
    }

    private static String plain(double bound) {
        return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
    }

    private static <T> void requireOnce(String list, List<T> all, Function<T, String> name) {
        Set<String> seen = new HashSet<>();
        for (T each : all) {
            if (!seen.add(name.apply(each))) {
                throw new IllegalArgumentException(list + " of the model must have each entry once, but it has the "
                        + name.apply(each) + " twice");
            }
        }
    }

    private static double between(Like below, Like above, double seconds) {
        if (above.gap().equals(below.gap()) || seconds == above.seconds()) {
            return above.cutSeconds();
        }
        double part = StrictMath.log(seconds / below.seconds()) / StrictMath.log(above.seconds() / below.seconds());
        return StrictMath.exp(
                (1 - part) * StrictMath.log(below.cutSeconds()) + part * StrictMath.log(above.cutSeconds()));
    }
}
