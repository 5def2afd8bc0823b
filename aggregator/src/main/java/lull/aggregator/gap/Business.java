package lull.aggregator.gap;

/// What was learned of the conversations of one business number: how its customers differ from those of
/// the model, and whether the policy is better than the fixed gap. It follows from the messages and
/// answers in their order. Not safe for several threads.
public final class Business {

    /// An offset moves by at most this much of an error, and less and less, down to the last value.
    private static final double ODDS_STEP = 4;
    private static final double ODDS_DELAY = 60;
    private static final double SILENCE_DELAY = 20;
    private static final int MOST_LEARNED = 2_000;

    private float odds;
    private float silence;
    private int decided;
    private int followed;
    private final Comparison comparison = new Comparison();

    /// Returns what may follow a message here.
    Outlook adjust(Outlook outlook) {
        return new Outlook(outlook.logOdds() + odds, outlook.logSilence() + silence, outlook.spread());
    }

    /// Learns from a message whose outcome is known.
    ///
    /// @param outlook as the model judged the message
    void learn(Outlook outlook, Sender.Outcome outcome) {
        double p = adjust(outlook).probability();
        decided = Math.min(decided + 1, MOST_LEARNED);
        odds = (float) (odds + ((outcome.isFollowed() ? 1 : 0) - p) * ODDS_STEP / (ODDS_DELAY + decided));
        if (outcome.isFollowed()) {
            followed = Math.min(followed + 1, MOST_LEARNED);
            double error = Features.logSilence(outcome.silenceMillis()) - outlook.logSilence() - silence;
            silence = (float) (silence + error / (SILENCE_DELAY + followed));
        }
    }

    /// How the policy compares with the fixed gap.
    public Comparison comparison() {
        return comparison;
    }
}
