package lull.aggregator.gap;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import lull.contract.turn.GapDecision;
import org.jspecify.annotations.Nullable;

/// A sender: habits, the last message, and when the business answered last. A sender that was written and
/// read again behaves as before. Not safe for several threads.
///
/// The last message is *undecided* until it is known whether another one of the same turn follows: until
/// the sender's next message, or an answer of the business.
public final class Sender {

    /// How long after a message another one can be of the same turn.
    public static final long TURN_MILLIS = 60_000;

    private static final long NEVER = -1L << 47;
    private static final int MOST_PLACES = 127;

    private static final int VERSION = 1;

    /// A probability is told to three digits.
    private static final double DIGITS = 1_000;

    /// The size of what is written. It begins as two ids of [SeenMessages] would, the first of which has
    /// the time of the last message: versions that know only ids keep and sweep it.
    public static final int BYTES = 64;

    private static final int PLACE_SHIFT = 10;
    private static final int ENDING_SHIFT = 17;
    private static final int BY_SHIFT = 25;
    private static final int SLOT_SHIFT = 27;
    private static final int VERSION_SHIFT = 30;
    private static final int MESSAGES = (1 << PLACE_SHIFT) - 1;
    private static final int PLACE = 0x7F;
    private static final int ENDING = 0xF;
    private static final int UNDECIDED = 1 << 21;
    private static final int POLICY_CUT = 1 << 22;
    private static final int FIXED_CUT = 1 << 23;
    private static final int JUDGED = 1 << 24;
    private static final int BY = 3;
    private static final int SLOT = GapModel.SLOTS - 1;

    /// In the order of their numbers in a store.
    private static final List<GapDecision.By> DECIDERS = List.of(GapDecision.By.values());

    private static final Judgement NONE = new Judgement((short) 0, (short) 0, (short) 0, GapDecision.By.ADAPTIVE, 0);

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
    /// @param logOdds in half precision; likewise the silence
    /// @param waitSteps as the policy says, in steps of [AdaptiveGap#STEP_MILLIS]
    /// @param by what decided
    /// @param slot where the model's version is among those of the partition
    record Judgement(short logOdds, short logSilence, short waitSteps, GapDecision.By by, int slot) {

        static Judgement of(Outlook outlook, long waitMillis, GapDecision.By by, int slot) {
            return new Judgement(
                    Float.floatToFloat16((float) outlook.logOdds()),
                    Float.floatToFloat16((float) outlook.logSilence()),
                    (short) Math.min(waitMillis / AdaptiveGap.STEP_MILLIS, Short.MAX_VALUE),
                    by,
                    slot);
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

    /// Records how the message was judged; null if it was not, because it ends its turn.
    void judged(@Nullable Judgement judgement) {
        this.judgement = judgement;
    }

    /// How the message of this time was judged; null if it was not, or is not the last one.
    public @Nullable GapDecision decision(long at, GapModels models) {
        Judgement last = judgement;
        if (last == null || at != wroteAt) {
            return null;
        }
        double probability = last.outlook(1).probability();
        return new GapDecision(
                last.by(),
                models.version(last.slot()),
                StrictMath.round(probability * DIGITS) / DIGITS,
                Duration.ofMillis(last.waitMillis()));
    }

    /// Whether neither the sender nor the business has written since.
    public boolean isForgotten(long since) {
        return Math.max(wroteAt, answeredAt) < since;
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
        Judgement last = judgement == null ? NONE : judgement;
        int packed = VERSION << VERSION_SHIFT
                | last.slot() << SLOT_SHIFT
                | DECIDERS.indexOf(last.by()) << BY_SHIFT
                | (judgement == null ? 0 : JUDGED)
                | (isFixedCut ? FIXED_CUT : 0)
                | (isPolicyCut ? POLICY_CUT : 0)
                | (isUndecided ? UNDECIDED : 0)
                | Ending.ALL.indexOf(ending) << ENDING_SHIFT
                | place << PLACE_SHIFT
                | habits.messages;
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        out.putInt(packed)
                .putShort(last.logOdds())
                .putShort(last.logSilence())
                .putLong(wroteAt)
                .putShort(last.waitSteps())
                .putShort((short) (answeredAt >> Integer.SIZE))
                .putInt((int) answeredAt);
        habits.write(out);
        return out.array();
    }

    /// Reads what [#toBytes()] wrote; null stands for a sender of whom nothing is known. Throws
    /// [IllegalStateException] for bytes of a later version.
    public static Sender of(byte @Nullable [] stored) {
        Sender sender = new Sender();
        if (stored == null) {
            return sender;
        }
        int version =
                stored.length < Integer.BYTES ? 0 : ByteBuffer.wrap(stored).getInt() >>> VERSION_SHIFT;
        if (stored.length != BYTES || version != VERSION) {
            throw new IllegalStateException("A sender of the store has version " + version + " and " + stored.length
                    + " bytes, and this version of Lull reads version " + VERSION
                    + ": run the version of Lull that has written it, or a later one");
        }
        ByteBuffer in = ByteBuffer.wrap(stored);
        int packed = in.getInt();
        short logOdds = in.getShort();
        short logSilence = in.getShort();
        sender.wroteAt = in.getLong();
        Judgement last = new Judgement(
                logOdds,
                logSilence,
                in.getShort(),
                DECIDERS.get(packed >>> BY_SHIFT & BY),
                packed >>> SLOT_SHIFT & SLOT);
        sender.judgement = (packed & JUDGED) == 0 ? null : last;
        sender.answeredAt = (long) in.getShort() << Integer.SIZE | Integer.toUnsignedLong(in.getInt());
        sender.habits.read(in, packed & MESSAGES);
        sender.place = packed >>> PLACE_SHIFT & PLACE;
        sender.ending = Ending.ALL.get(packed >>> ENDING_SHIFT & ENDING);
        sender.isUndecided = (packed & UNDECIDED) != 0;
        sender.isPolicyCut = (packed & POLICY_CUT) != 0;
        sender.isFixedCut = (packed & FIXED_CUT) != 0;
        return sender;
    }
}
