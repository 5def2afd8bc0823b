package lull.console.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Values of the figures of the last day, in memory: one for each ten seconds of the last hour, and one for each
/// minute of the last 24 hours. Its size is fixed. A restart of the console begins anew. Safe for several threads.
public final class History {

    private static final int FINE_SECONDS = 10;
    private static final int COARSE_SECONDS = 60;
    private static final int FINE_SLOTS = (int) Duration.ofHours(1).toSeconds() / FINE_SECONDS;
    private static final int COARSE_SLOTS = (int) Duration.ofHours(24).toSeconds() / COARSE_SECONDS;

    private final Map<Figure, Ring> fine = rings(FINE_SECONDS, FINE_SLOTS);
    private final Map<Figure, Ring> coarse = rings(COARSE_SECONDS, COARSE_SLOTS);

    /// Values of a figure.
    ///
    /// @param times in seconds since 1970, ascending
    /// @param values NaN for what is unknown
    public record Curve(List<Long> times, List<Double> values) {

        public Curve {
            times = List.copyOf(times);
            values = List.copyOf(values);
        }
    }

    /// Ring buffer: the largest value in each slot of time.
    private static final class Ring {
        final int seconds;
        final double[] values;
        long latest = Long.MIN_VALUE;

        Ring(int seconds, int slots) {
            this.seconds = seconds;
            this.values = new double[slots];
            Arrays.fill(values, Double.NaN);
        }

        void put(long second, double value) {
            long slot = Math.floorDiv(second, (long) seconds);
            if (latest == Long.MIN_VALUE) {
                latest = slot;
            }
            // A clock that was set back changes no value that is already there.
            if (slot < latest) {
                return;
            }
            for (long skipped = Math.max(latest + 1, slot - values.length + 1); skipped <= slot; skipped++) {
                values[index(skipped)] = Double.NaN;
            }
            latest = slot;
            int index = index(slot);
            if (Double.isNaN(values[index]) || value > values[index]) {
                values[index] = value;
            }
        }

        Curve curve() {
            List<Long> times = new ArrayList<>();
            List<Double> found = new ArrayList<>();
            if (latest != Long.MIN_VALUE) {
                for (long slot = latest - values.length + 1; slot <= latest; slot++) {
                    double value = values[index(slot)];
                    if (!found.isEmpty() || !Double.isNaN(value)) {
                        times.add(slot * seconds);
                        found.add(value);
                    }
                }
            }
            return new Curve(times, found);
        }

        private int index(long slot) {
            return (int) Math.floorMod(slot, (long) values.length);
        }
    }

    private static Map<Figure, Ring> rings(int seconds, int slots) {
        Map<Figure, Ring> rings = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            rings.put(figure, new Ring(seconds, slots));
        }
        return rings;
    }

    /// Adds the values of a time.
    public synchronized void add(Snapshot snapshot) {
        for (Figure figure : Figure.values()) {
            add(figure, snapshot.at(), figure.of(snapshot));
        }
    }

    private void add(Figure figure, Instant at, double value) {
        ring(fine, figure).put(at.getEpochSecond(), value);
        ring(coarse, figure).put(at.getEpochSecond(), value);
    }

    /// Returns the values of the last hour.
    public synchronized Curve hour(Figure figure) {
        return ring(fine, figure).curve();
    }

    /// Returns the values of the last 24 hours.
    public synchronized Curve day(Figure figure) {
        return ring(coarse, figure).curve();
    }

    private static Ring ring(Map<Figure, Ring> rings, Figure figure) {
        Ring ring = rings.get(figure);
        if (ring == null) {
            throw new IllegalArgumentException("There is no history of " + figure);
        }
        return ring;
    }
}
