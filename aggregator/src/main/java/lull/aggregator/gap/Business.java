package lull.aggregator.gap;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What was learned of the conversations of one business number: how its customers differ from those of
/// the model, and whether the policy is better than the fixed gap. It follows from the messages and
/// answers in their order. A business that was written and read again behaves as before. Not safe for
/// several threads.
public final class Business {

    /// An offset moves by at most this much of an error, and less and less, down to the last value.
    private static final double ODDS_STEP = 4;
    private static final double ODDS_DELAY = 60;
    private static final double SILENCE_DELAY = 20;
    private static final int MOST_LEARNED = 2_000;

    /// By how much customers of a business can differ from those of the model, in log odds and in the logarithm of
    /// seconds.
    private static final double MOST_OFFSET = 10;

    private static final byte VERSION = 1;

    /// The size of what is written. It begins as an id of [SeenMessages] would that never expires:
    /// versions that know only ids keep it.
    static final int BYTES = 64;

    private static final int MODEL_AT = Short.BYTES;
    private static final int RULE_AT = Integer.BYTES;
    private static final int BEGINNING = 2 * Long.BYTES;

    /// Of a business that an earlier version wrote: what it compared is not known.
    private static final int UNKNOWN = 0;

    private float odds;
    private float silence;
    private int decided;
    private int followed;
    private short model = UNKNOWN;
    private int rule = UNKNOWN;
    private boolean hasNewJudge;
    private Comparison comparison = new Comparison();

    /// What a business is judged by. What was learned of one model says nothing of another, and how one rule compares
    /// with the fixed gap says nothing of another.
    ///
    /// @param model a digest of the model's version
    /// @param rule a digest of the rule and of the model's version
    record Judge(short model, int rule) {

        static Judge of(String modelVersion, AdaptiveGap.Options options) {
            int ofModel = modelVersion.hashCode();
            int ofRule = 31 * options.hashCode() + ofModel;
            return new Judge((short) known((ofModel ^ ofModel >>> Short.SIZE) & 0xFFFF), known(ofRule));
        }

        private static int known(int digest) {
            return digest == UNKNOWN ? 1 : digest;
        }
    }

    /// Begins anew what another model or another rule has left. A business of an earlier version keeps it.
    void judgeBy(Judge judge) {
        if (model != judge.model) {
            if (model != UNKNOWN) {
                odds = 0;
                silence = 0;
                decided = 0;
                followed = 0;
            }
            model = judge.model;
            hasNewJudge = true;
        }
        if (rule != judge.rule) {
            if (rule != UNKNOWN) {
                comparison = new Comparison();
            }
            rule = judge.rule;
            hasNewJudge = true;
        }
    }

    /// Returns whether another model or rule judges it since the last call. Then it must be written, so that
    /// one that is read again has begun anew too.
    public boolean takeNewJudge() {
        boolean had = hasNewJudge;
        hasNewJudge = false;
        return had;
    }

    /// Whether its comparison is of this rule.
    boolean isJudgedBy(Judge judge) {
        return rule == judge.rule || rule == UNKNOWN;
    }

    /// Returns what may follow a message here.
    Outlook adjust(Outlook outlook) {
        return new Outlook(outlook.logOdds() + odds, outlook.logSilence() + silence, outlook.spread());
    }

    /// Learns from a message whose outcome is known.
    ///
    /// @param outlook as the message was judged here
    void learn(Outlook outlook, Sender.Outcome outcome) {
        double p = outlook.probability();
        decided = Math.min(decided + 1, MOST_LEARNED);
        odds = moved(odds, ((outcome.isFollowed() ? 1 : 0) - p) * ODDS_STEP / (ODDS_DELAY + decided));
        if (outcome.isFollowed()) {
            followed = Math.min(followed + 1, MOST_LEARNED);
            double error = Features.logSilence(outcome.silenceMillis()) - outlook.logSilence();
            silence = moved(silence, error / (SILENCE_DELAY + followed));
        }
    }

    /// Moves an offset, within what customers can differ: an error that is none must not stay.
    private static float moved(float offset, double by) {
        double moved = offset + by;
        return Double.isNaN(moved) ? 0 : (float) Math.clamp(moved, -MOST_OFFSET, MOST_OFFSET);
    }

    /// How the policy compares with the fixed gap.
    public Comparison comparison() {
        return comparison;
    }

    /// Returns it as a store keeps it.
    public byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        out.put(0, VERSION)
                .putShort(MODEL_AT, model)
                .putInt(RULE_AT, rule)
                .putLong(Long.BYTES, Long.MAX_VALUE)
                .position(BEGINNING);
        out.putFloat(odds).putFloat(silence).putInt(decided).putInt(followed);
        comparison.write(out);
        return out.array();
    }

    /// Reads what [#toBytes()] wrote; null stands for a business of which nothing is known. Throws
    /// [IllegalStateException] for bytes of a later version.
    public static Business of(byte @Nullable [] stored) {
        Business business = new Business();
        if (stored == null) {
            return business;
        }
        if (stored.length != BYTES || stored[0] != VERSION) {
            throw new IllegalStateException("What the store has learned of a business number has version " + stored[0]
                    + " and " + stored.length + " bytes, and this version of Lull reads version " + VERSION
                    + ": run the version of Lull that has written it, or a later one");
        }
        ByteBuffer in = ByteBuffer.wrap(stored).position(BEGINNING);
        business.model = in.getShort(MODEL_AT);
        business.rule = in.getInt(RULE_AT);
        // An earlier version could learn what is no number.
        business.odds = moved(in.getFloat(), 0);
        business.silence = moved(in.getFloat(), 0);
        business.decided = in.getInt();
        business.followed = in.getInt();
        business.comparison.read(in);
        return business;
    }
}
