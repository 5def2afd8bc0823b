package lull.bench.gap;

import java.util.ArrayList;
import java.util.List;
import lull.aggregator.gap.advice.Trace;

/// Conversations to learn from, and others to check what was learned. Which is which depends only on their
/// ids.
///
/// @param heldOut about 40 % of the conversations, and the end of each very long one
record Folds(List<Trace> learned, List<Trace> heldOut) {

    private static final int PARTS = 5;
    private static final int LEARNED_PARTS = 3;
    private static final int VERY_LONG = 3_000;

    static Folds of(List<Trace> traces) {
        List<Trace> learned = new ArrayList<>();
        List<Trace> heldOut = new ArrayList<>();
        for (Trace trace : traces) {
            int size = trace.lines().size();
            if (size > VERY_LONG) {
                int part = size * LEARNED_PARTS / PARTS;
                learned.add(trace.part(0, part));
                heldOut.add(trace.part(part, size));
            } else {
                (part(trace) < LEARNED_PARTS ? learned : heldOut).add(trace);
            }
        }
        return new Folds(learned, heldOut);
    }

    /// One of the parts, by the whole id: the last characters of an id may be the same everywhere.
    private static int part(Trace trace) {
        int hash = trace.id().hashCode();
        return Math.floorMod(hash ^ hash >>> 16, PARTS);
    }
}
