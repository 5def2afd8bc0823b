package lull.bench;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/// Results of every target in one round, one after the other.
record Round(Map<Target, Measured> measured) {

    Round {
        measured = Map.copyOf(measured);
        if (!measured.keySet().containsAll(Target.OWN)) {
            throw new IllegalArgumentException("A round measures every target: " + measured.keySet());
        }
    }

    Measured of(Target target) {
        return requireNonNull(measured.get(target));
    }

    /// How fast one target was for each request a second of another; 0 where the other did nothing.
    double ratio(Target target, Target baseline) {
        double base = of(baseline).perSecond();
        return base == 0 ? 0 : of(target).perSecond() / base;
    }

    /// How many requests one target took with the processor time that another took for one; 0 where it did nothing.
    double perCpu(Target target, Target baseline) {
        double own = of(target).cpuMicros();
        return own == 0 ? 0 : of(baseline).cpuMicros() / own;
    }
}
