package lull.aggregator.gap;

import java.nio.ByteBuffer;

/// How the policy compares with the fixed gap on the same turns. Both are judged for each turn, whichever
/// rules, by the delay after its last message and by whether it was cut. Earlier turns count less and
/// less. The fixed gap rules while the policy is worse beyond chance.
public final class Comparison {

    private static final double KEEP = 0.998;

    /// By how many standard errors the policy must be worse before the fixed gap rules.
    private static final double WORSE = 1;

    /// How many turns must be known before.
    private static final double FEWEST_TURNS = 30;

    /// The size of what is written.
    static final int BYTES = 7 * Float.BYTES + 1;

    private float turns;
    private float difference;
    private float squares;
    private float policyDelay;
    private float fixedDelay;
    private float policyCuts;
    private float fixedCuts;
    private boolean isWorse;

    /// One of the two on a turn.
    ///
    /// @param delaySeconds after its last message
    record Result(double delaySeconds, boolean isCut) {

        double cost(double cutSeconds) {
            return delaySeconds + (isCut ? cutSeconds : 0);
        }
    }

    void add(Result policy, Result fixed, double cutSeconds) {
        double more = policy.cost(cutSeconds) - fixed.cost(cutSeconds);
        turns = (float) (turns * KEEP + 1);
        difference = (float) (difference * KEEP + more);
        squares = (float) (squares * KEEP + more * more);
        policyDelay = (float) (policyDelay * KEEP + policy.delaySeconds());
        fixedDelay = (float) (fixedDelay * KEEP + fixed.delaySeconds());
        policyCuts = (float) (policyCuts * KEEP + (policy.isCut() ? 1 : 0));
        fixedCuts = (float) (fixedCuts * KEEP + (fixed.isCut() ? 1 : 0));
        Score now = score();
        double mean = now.meanDifference();
        isWorse = turns >= FEWEST_TURNS && (isWorse ? mean > 0 : mean > WORSE * now.error());
    }

    /// Whether the policy is worse beyond chance, so that the fixed gap rules.
    public boolean isWorse() {
        return isWorse;
    }

    /// Returns its current state.
    public Score score() {
        return new Score(turns, difference, squares, policyDelay, fixedDelay, policyCuts, fixedCuts, isWorse ? 1 : 0);
    }

    void write(ByteBuffer out) {
        out.putFloat(turns)
                .putFloat(difference)
                .putFloat(squares)
                .putFloat(policyDelay)
                .putFloat(fixedDelay)
                .putFloat(policyCuts)
                .putFloat(fixedCuts)
                .put((byte) (isWorse ? 1 : 0));
    }

    void read(ByteBuffer in) {
        turns = in.getFloat();
        difference = in.getFloat();
        squares = in.getFloat();
        policyDelay = in.getFloat();
        fixedDelay = in.getFloat();
        policyCuts = in.getFloat();
        fixedCuts = in.getFloat();
        isWorse = in.get() != 0;
    }
}
