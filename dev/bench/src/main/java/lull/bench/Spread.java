package lull.bench;

import java.util.Arrays;

/// The middle of some figures, and how far they are apart.
///
/// @param median of an even number of figures: the mean of the two in the middle
record Spread(double least, double median, double most) {

    /// Of at least one figure.
    static Spread of(double... figures) {
        if (figures.length == 0) {
            throw new IllegalArgumentException("No figures have no median");
        }
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }
}
