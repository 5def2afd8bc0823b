package lull.bench.gap;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import lull.aggregator.gap.AdaptiveGap;
import lull.aggregator.gap.Feature;
import lull.aggregator.gap.GapModel;
import lull.aggregator.gap.advice.Trace;

/// Learns a model from conversations: a logistic regression of whether another message follows, by Newton's
/// method, and a linear one of the silence, both with a small penalty. The same conversations always lead
/// to the same model.
final class Trainer {

    private static final double MILLIS = 1_000;
    private static final double PENALTY = 1e-3;
    private static final int STEPS = 12;
    private static final double SMALLEST_DEVIATION = 1e-6;
    private static final int HALVINGS = 14;
    private static final double LEAST_WORTH = 2;
    private static final double MOST_WORTH = 5_000;

    private static final GapModel.Like UNKNOWN = new GapModel.Like(Duration.ofSeconds(10), 1);

    /// More digits would only make the file longer.
    private static final MathContext DIGITS = new MathContext(6);

    private final List<Feature> features;
    private final List<Sample> samples;
    private final double weight;

    private Trainer(List<Feature> features, List<Sample> samples) {
        this.features = features;
        this.samples = samples;
        this.weight = samples.stream().mapToDouble(Sample::weight).sum();
    }

    /// Learns a model.
    ///
    /// @param likes the fixed gaps for which the worth of a cut thought is searched
    /// @param floor with which it is searched
    static GapModel train(
            String version, List<Feature> features, List<Trace> traces, List<Duration> likes, Duration floor) {
        GapModel model = new Trainer(features, Sample.of(traces)).fit(version);
        List<GapModel.Like> worth = likes.stream()
                .map(like -> new GapModel.Like(like, rounded(worth(model, traces, like, floor))))
                .toList();
        return new GapModel(model.version(), model.terms(), model.logOdds(), model.logSilence(), model.spread(), worth);
    }

    private GapModel fit(String version) {
        double[] means = new double[features.size()];
        double[] deviations = new double[features.size()];
        for (int i = 0; i < features.size(); i++) {
            int place = features.get(i).place();
            means[i] = samples.stream()
                            .mapToDouble(sample -> sample.weight() * sample.features()[place])
                            .sum()
                    / weight;
            double mean = means[i];
            double variance = samples.stream()
                            .mapToDouble(sample -> sample.weight() * square(sample.features()[place] - mean))
                            .sum()
                    / weight;
            deviations[i] = Math.sqrt(variance) + SMALLEST_DEVIATION;
        }
        List<GapModel.Term> scales = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            scales.add(new GapModel.Term(features.get(i), means[i], deviations[i], 0, 0));
        }
        List<double[]> rows =
                samples.stream().map(sample -> row(scales, sample)).toList();
        double[] odds = logistic(rows);
        double[] silence = linear(rows);
        List<GapModel.Term> terms = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            terms.add(new GapModel.Term(
                    features.get(i), rounded(means[i]), rounded(deviations[i]), rounded(odds[i]), rounded(silence[i])));
        }
        return new GapModel(
                version,
                terms,
                rounded(odds[features.size()]),
                rounded(silence[features.size()]),
                rounded(spread(rows, silence)),
                List.of(UNKNOWN));
    }

    /// The standardized features, and 1 for the intercept.
    private static double[] row(List<GapModel.Term> scales, Sample sample) {
        double[] row = new double[scales.size() + 1];
        for (int i = 0; i < scales.size(); i++) {
            row[i] = scales.get(i)
                    .standardized(sample.features()[scales.get(i).feature().place()]);
        }
        row[scales.size()] = 1;
        return row;
    }

    private double[] logistic(List<double[]> rows) {
        double[] coefficients = new double[features.size() + 1];
        for (int step = 0; step < STEPS; step++) {
            Equations equations = new Equations(coefficients.length);
            for (int i = 0; i < rows.size(); i++) {
                double p = 1 / (1 + StrictMath.exp(-dot(coefficients, rows.get(i))));
                double part = samples.get(i).weight() / weight;
                equations.add(
                        rows.get(i), part * p * (1 - p), part * ((samples.get(i).isFollowed() ? 1 : 0) - p));
            }
            for (int i = 0; i < features.size(); i++) {
                equations.penalize(i, PENALTY, -PENALTY * coefficients[i]);
            }
            double[] change = equations.solve();
            for (int i = 0; i < change.length; i++) {
                coefficients[i] += change[i];
            }
        }
        return coefficients;
    }

    private double[] linear(List<double[]> rows) {
        Equations equations = new Equations(features.size() + 1);
        double followed = weightOfFollowed();
        for (int i = 0; i < rows.size(); i++) {
            Sample sample = samples.get(i);
            if (sample.isFollowed()) {
                double part = sample.weight() / followed;
                equations.add(rows.get(i), part, part * sample.logSilence());
            }
        }
        for (int i = 0; i <= features.size(); i++) {
            equations.penalize(i, PENALTY, 0);
        }
        return equations.solve();
    }

    private double spread(List<double[]> rows, double[] silence) {
        double sum = 0;
        for (int i = 0; i < rows.size(); i++) {
            Sample sample = samples.get(i);
            if (sample.isFollowed()) {
                sum += sample.weight() * square(sample.logSilence() - dot(silence, rows.get(i)));
            }
        }
        return Math.sqrt(sum / weightOfFollowed());
    }

    private double weightOfFollowed() {
        return samples.stream()
                .filter(Sample::isFollowed)
                .mapToDouble(Sample::weight)
                .sum();
    }

    /// The worth of a cut thought with which as many turns are cut as with a fixed gap, over sources that
    /// count the same.
    private static double worth(GapModel model, List<Trace> traces, Duration like, Duration floor) {
        double low = LEAST_WORTH;
        double high = MOST_WORTH;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = Math.sqrt(low * high);
            AdaptiveGap.Options options = new AdaptiveGap.Options(middle, floor, like.multipliedBy(2), like);
            List<long[]> waits = new Player(new AdaptiveGap(model, options)).policy(traces);
            Collection<Score> scores = Score.bySource(traces, waits).values();
            if (Score.OneSetting.split(scores) > Score.splitOfFixed(scores, like.toMillis() / MILLIS)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }

    private static double square(double value) {
        return value * value;
    }
}
