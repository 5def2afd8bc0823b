package lull.aggregator.gap;

import org.jspecify.annotations.Nullable;

/// A sender: habits, the last message, and when the business answered last. Not safe for several threads.
///
/// The last message is *undecided* until it is known whether another one of the same turn follows: until
/// the sender's next message, or an answer of the business.
public final class Sender {

    /// How long after a message another one can be of the same turn.
    public static final long TURN_MILLIS = 60_000;

    private static final long NEVER = Long.MIN_VALUE;
    private static final int MOST_PLACES = 1_000;

    final Habits habits = new Habits();
    private long wroteAt = NEVER;
    private long answeredAt = NEVER;
    private Ending ending = Ending.NOTHING;
    private int place;
    private boolean isUndecided;
    private @Nullable Judgement judgement;
    private boolean isPolicyCut;
    private boolean isFixedCut;

    /// How the last message was judged.
    ///
    /// @param logOdds as the model says, without what was learned of the business; likewise the silence
    /// @param waitMillis as the policy says
    record Judgement(float logOdds, float logSilence, long waitMillis) {

        Outlook outlook(double spread) {
            return new Outlook(logOdds, logSilence, spread);
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
        judgement = new Judgement((float) outlook.logOdds(), (float) outlook.logSilence(), waitMillis);
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
}
