package lull.aggregator.gap.advice;

import java.util.Arrays;

/// Number that was estimated from a sample of conversations, with its standard error. The messages of
/// a conversation are alike, so the error comes from the differences between conversations.
/// Immutable.
///
/// @param error 0 if the value is exact, infinite if the conversations are too few to say
public record Estimate(double value, double error) {

    /// Returns the sum over the conversations.
    static Estimate sum(double[] values) {
        double sum = Arrays.stream(values).sum();
        if (values.length < 2) {
            return new Estimate(sum, Double.POSITIVE_INFINITY);
        }
        double mean = sum / values.length;
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return new Estimate(sum, StrictMath.sqrt(squares * values.length / (values.length - 1)));
    }

    /// Returns the ratio of the sums over the conversations, such as cut turns of all turns.
    static Estimate ratio(double[] parts, double[] wholes) {
        double whole = Arrays.stream(wholes).sum();
        double ratio = Arrays.stream(parts).sum() / whole;
        if (parts.length < 2) {
            return new Estimate(ratio, Double.POSITIVE_INFINITY);
        }
        double squares = 0;
        for (int i = 0; i < parts.length; i++) {
            double residual = parts[i] - ratio * wholes[i];
            squares += residual * residual;
        }
        return new Estimate(ratio, StrictMath.sqrt(squares * parts.length / (parts.length - 1)) / whole);
    }

    /// Returns a multiple of it.
    public Estimate times(double factor) {
        return new Estimate(value * factor, error * factor);
    }
}
