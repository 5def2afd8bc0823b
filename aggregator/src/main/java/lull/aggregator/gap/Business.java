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

    private static final byte VERSION = 1;

    /// The size of what is written. It begins as an id of [SeenMessages] would that never expires:
    /// versions that know only ids keep it.
    static final int BYTES = 64;

    private static final int BEGINNING = 2 * Long.BYTES;

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
    /// @param outlook as the message was judged here
    void learn(Outlook outlook, Sender.Outcome outcome) {
        double p = outlook.probability();
        decided = Math.min(decided + 1, MOST_LEARNED);
        odds = (float) (odds + ((outcome.isFollowed() ? 1 : 0) - p) * ODDS_STEP / (ODDS_DELAY + decided));
        if (outcome.isFollowed()) {
            followed = Math.min(followed + 1, MOST_LEARNED);
            double error = Features.logSilence(outcome.silenceMillis()) - outlook.logSilence();
            silence = (float) (silence + error / (SILENCE_DELAY + followed));
        }
    }

    /// How the policy compares with the fixed gap.
    public Comparison comparison() {
        return comparison;
    }

    /// Returns it as a store keeps it.
    public byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        out.put(0, VERSION).putLong(Long.BYTES, Long.MAX_VALUE).position(BEGINNING);
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
        business.odds = in.getFloat();
        business.silence = in.getFloat();
        business.decided = in.getInt();
        business.followed = in.getInt();
        business.comparison.read(in);
        return business;
    }
}
