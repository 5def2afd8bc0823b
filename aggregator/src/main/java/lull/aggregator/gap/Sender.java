package lull.aggregator.gap;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A sender: habits, the last message, and when the business answered last. A sender that was written and
/// read again behaves as before. Not safe for several threads.
///
/// The last message is *undecided* until it is known whether another one of the same turn follows: until
/// the sender's next message, or an answer of the business.
public final class Sender {

    /// How long after a message another one can be of the same turn.
    public static final long TURN_MILLIS = 60_000;

    /// Times have 48 bits.
    private static final int TIME_BYTES = Short.BYTES + Integer.BYTES;

    private static final long NEVER = -1L << 47;
    private static final int MOST_PLACES = 1_000;

    private static final byte VERSION = 1;
    private static final int BYTES = 1 + Integer.BYTES + 2 * TIME_BYTES + Habits.BYTES + Judgement.BYTES;

    /// Where the parts of the number are that the small values are packed into.
    private static final int PLACE_SHIFT = 10;
    private static final int ENDING_SHIFT = 20;
    private static final int SMALL = (1 << PLACE_SHIFT) - 1;
    private static final int ENDING = 0xF;
    private static final int UNDECIDED = 1 << 24;
    private static final int POLICY_CUT = 1 << 25;
    private static final int FIXED_CUT = 1 << 26;
    private static final int JUDGED = 1 << 27;

    final Habits habits = new Habits();
    private long wroteAt = NEVER;
    private long answeredAt = NEVER;
    private Ending ending = Ending.NOTHING;
    private int place;
    private boolean isUndecided;
    private @Nullable Judgement judgement;
    private boolean isPolicyCut;
    private boolean isFixedCut;

    /// How the last message was judged, as precisely as it is stored.
    ///
    /// @param logOdds as the model says, without what was learned of the business, in half precision;
    ///     likewise the silence
    /// @param waitSteps as the policy says, in steps of [AdaptiveGap#STEP_MILLIS]
    record Judgement(short logOdds, short logSilence, short waitSteps) {

        private static final int BYTES = 3 * Short.BYTES;

        static Judgement of(Outlook outlook, long waitMillis) {
            return new Judgement(
                    Float.floatToFloat16((float) outlook.logOdds()),
                    Float.floatToFloat16((float) outlook.logSilence()),
                    (short) Math.min(waitMillis / AdaptiveGap.STEP_MILLIS, Short.MAX_VALUE));
        }

        long waitMillis() {
            return waitSteps * AdaptiveGap.STEP_MILLIS;
        }

        Outlook outlook(double spread) {
            return new Outlook(Float.float16ToFloat(logOdds), Float.float16ToFloat(logSilence), spread);
        }
    }

    /// What a message turned out to be, once it is known.
    ///
    /// @param isFollowed whether another one of the same turn has followed
    /// @param silenceMillis how long after it, if so
    public record Outcome(boolean isFollowed, long silenceMillis) {}

    /// Whether it is not yet known what follows the last message.
    public boolean isUndecided() {
        return isUndecided;
    }

    /// The last message's outcome if the sender writes now. Only for one that is undecided.
    public Outcome outcomeOfWriting(long at) {
        long silence = at - wroteAt;
        return new Outcome(silence <= TURN_MILLIS, Math.max(0, silence));
    }

    /// Records what the last message turned out to be.
    public void decide(Outcome outcome) {
        isUndecided = false;
        if (outcome.isFollowed()) {
            habits.followed(Features.logSilence(outcome.silenceMillis()));
        } else {
            habits.ended(ending);
            place = 0;
            isPolicyCut = false;
            isFixedCut = false;
        }
    }

    /// Records a message. The one before it is decided.
    public void wrote(long at, MessageShape shape) {
        if (place == 0 && answeredAt != NEVER) {
            habits.responded(Features.logResponse(at - answeredAt));
        }
        habits.wrote(StrictMath.log1p(shape.length()));
        place = Math.min(place + 1, MOST_PLACES);
        wroteAt = at;
        ending = shape.ending();
        isUndecided = true;
    }

    /// Records how the message was judged.
    void judged(Outlook outlook, long waitMillis) {
        judgement = Judgement.of(outlook, waitMillis);
    }

    @Nullable
    Judgement judgement() {
        return judgement;
    }

    /// Records whether the silence after the last message was longer than the waits.
    void cut(boolean byPolicy, boolean byFixed) {
        isPolicyCut |= byPolicy;
        isFixedCut |= byFixed;
    }

    boolean isPolicyCut() {
        return isPolicyCut;
    }

    boolean isFixedCut() {
        return isFixedCut;
    }

    /// Records that the business has answered. The message before it is decided.
    public void answered(long at) {
        answeredAt = Math.max(answeredAt, at);
    }

    /// The place of the next message in its turn: 1 for the first.
    int nextPlace() {
        return place + 1;
    }

    boolean hasWritten() {
        return wroteAt != NEVER;
    }

    boolean wasAnswered() {
        return answeredAt != NEVER;
    }

    long sinceWriting(long at) {
        return Math.max(0, at - wroteAt);
    }

    long sinceAnswer(long at) {
        return Math.max(0, at - answeredAt);
    }

    /// Returns it as a store keeps it.
    public byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        int packed = habits.messages
                | place << PLACE_SHIFT
                | Ending.ALL.indexOf(ending) << ENDING_SHIFT
                | (isUndecided ? UNDECIDED : 0)
                | (isPolicyCut ? POLICY_CUT : 0)
                | (isFixedCut ? FIXED_CUT : 0)
                | (judgement == null ? 0 : JUDGED);
        out.put(VERSION).putInt(packed);
        putTime(out, wroteAt);
        putTime(out, answeredAt);
        habits.write(out);
        Judgement last = judgement == null ? new Judgement((short) 0, (short) 0, (short) 0) : judgement;
        out.putShort(last.logOdds()).putShort(last.logSilence()).putShort(last.waitSteps());
        return out.array();
    }

    /// Reads what [#toBytes()] wrote; null stands for a sender of whom nothing is known. Throws
    /// [IllegalStateException] for bytes of a later version.
    public static Sender of(byte @Nullable [] stored) {
        Sender sender = new Sender();
        if (stored == null) {
            return sender;
        }
        if (stored.length != BYTES || stored[0] != VERSION) {
            throw new IllegalStateException("A sender of the store has version " + stored[0] + " and " + stored.length
                    + " bytes, and this version of Lull reads version " + VERSION
                    + ": run the version of Lull that has written it, or a later one");
        }
        ByteBuffer in = ByteBuffer.wrap(stored, 1, stored.length - 1);
        int packed = in.getInt();
        sender.wroteAt = time(in);
        sender.answeredAt = time(in);
        sender.habits.read(in, packed & SMALL);
        sender.place = packed >>> PLACE_SHIFT & SMALL;
        sender.ending = Ending.ALL.get(packed >>> ENDING_SHIFT & ENDING);
        sender.isUndecided = (packed & UNDECIDED) != 0;
        sender.isPolicyCut = (packed & POLICY_CUT) != 0;
        sender.isFixedCut = (packed & FIXED_CUT) != 0;
        Judgement last = new Judgement(in.getShort(), in.getShort(), in.getShort());
        sender.judgement = (packed & JUDGED) == 0 ? null : last;
        return sender;
    }

    private static void putTime(ByteBuffer out, long time) {
        out.putShort((short) (time >> Integer.SIZE)).putInt((int) time);
    }

    private static long time(ByteBuffer in) {
        return (long) in.getShort() << Integer.SIZE | Integer.toUnsignedLong(in.getInt());
    }
}
