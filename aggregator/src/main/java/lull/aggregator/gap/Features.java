package lull.aggregator.gap;

/// The numbers that describe a message, from itself and from what was known before it. Pure.
public final class Features {

    private static final double SHORTEST_SECONDS = 0.3;
    private static final double LONGEST_RESPONSE_SECONDS = 300;
    private static final double NEW_SESSION_SECONDS = 600;
    private static final double SHORTEST_TYPING_SECONDS = 0.5;
    private static final double LONGEST_TYPING_SECONDS = 120;
    private static final double LENGTH_OF_NOTHING = 3;
    private static final int VERY_SHORT = 3;
    private static final int FOURTH = 4;
    private static final int MOST_KNOWN = 50;

    private final double logLength;
    private final double[] values = new double[Feature.ALL.size()];

    private Features(MessageShape shape) {
        logLength = StrictMath.log1p(shape.length());
    }

    /// Describes a message.
    ///
    /// @param sender before the message, which decides the one before
    /// @param at when it was written
    public static double[] of(Sender sender, long at, MessageShape shape) {
        Features features = new Features(shape);
        features.ofHabits(sender.habits);
        features.ofShape(sender.habits, shape);
        features.ofTime(sender, at, shape);
        return features.values;
    }

    /// The logarithm of a silence in seconds, as the model knows it.
    public static double logSilence(long millis) {
        return StrictMath.log(Math.max(SHORTEST_SECONDS, seconds(millis)));
    }

    static double logResponse(long millis) {
        return StrictMath.log(Math.clamp(seconds(millis), SHORTEST_SECONDS, LONGEST_RESPONSE_SECONDS));
    }

    private void ofHabits(Habits habits) {
        double rate = habits.rate();
        set(Feature.RATE, StrictMath.log(rate / (1 - rate)));
        set(Feature.RECENT_RATE, habits.recentRate());
        set(Feature.LOG_SILENCE, habits.logSilence() - Habits.LOG_SILENCE);
        set(Feature.RECENT_LOG_SILENCE, habits.recentLogSilence - Habits.LOG_SILENCE);
        set(Feature.KNOWN_MESSAGES, StrictMath.log1p(Math.min(habits.decided(), MOST_KNOWN)));
    }

    private void ofShape(Habits habits, MessageShape shape) {
        double relative = logLength - habits.logLength();
        set(Feature.LOG_LENGTH, logLength - Habits.LOG_LENGTH);
        set(Feature.RELATIVE_LENGTH, relative);
        set(Feature.RELATIVE_LENGTH_SQUARED, relative * relative);
        set(Feature.MEAN_LENGTH, habits.logLength() - Habits.LOG_LENGTH);
        set(Feature.VERY_SHORT, shape.length() <= VERY_SHORT);
        set(Feature.ENDS_WITH_NOTHING, shape.ending() == Ending.NOTHING);
        set(Feature.ENDS_WITH_PERIOD, shape.ending() == Ending.PERIOD);
        set(Feature.ENDS_WITH_QUESTION, shape.ending() == Ending.QUESTION);
        set(Feature.ENDS_WITH_EXCLAMATION, shape.ending() == Ending.EXCLAMATION);
        set(Feature.ENDS_WITH_ELLIPSIS, shape.ending() == Ending.ELLIPSIS);
        set(Feature.ENDS_WITH_COMMA, shape.ending() == Ending.COMMA);
        set(Feature.ENDS_WITH_EMOJI, shape.ending() == Ending.EMOJI);
        if (shape.ending() != Ending.UNKNOWN) {
            double closing = habits.closing();
            set(Feature.IS_TEXT, 1);
            set(Feature.HABIT, closing);
            set(shape.ending().closes() ? Feature.HABIT_IF_CLOSED : Feature.HABIT_IF_OPEN, closing);
        }
        set(Feature.MEDIA, shape.has(Trait.MEDIA));
        set(Feature.LOWERCASE, shape.has(Trait.LOWERCASE));
        set(Feature.JOINING_WORD, shape.has(Trait.JOINING_WORD));
        set(Feature.GREETING, shape.has(Trait.GREETING));
        set(Feature.URL, shape.has(Trait.URL));
        set(Feature.CORRECTION, shape.has(Trait.CORRECTION));
        set(Feature.OPEN_END, shape.has(Trait.OPEN_END));
        set(Feature.ACKNOWLEDGEMENT, shape.has(Trait.ACKNOWLEDGEMENT));
    }

    private void ofTime(Sender sender, long at, MessageShape shape) {
        int place = sender.nextPlace();
        set(Feature.FIRST_OF_TURN, place == 1);
        set(Feature.SECOND_OF_TURN, place == 2);
        set(Feature.FOURTH_OR_LATER, place >= FOURTH);
        set(Feature.LOG_PLACE, StrictMath.log(place));
        set(Feature.FIRST_CONTACT, !sender.hasWritten());
        set(Feature.NEVER_ANSWERED, !sender.wasAnswered());
        if (place == 1) {
            set(Feature.FIRST_AND_LENGTH, logLength - Habits.LOG_LENGTH);
            set(Feature.FIRST_AND_QUESTION, shape.ending() == Ending.QUESTION);
            set(Feature.FIRST_AND_GREETING, shape.has(Trait.GREETING));
            if (sender.wasAnswered()) {
                double response = logResponse(sender.sinceAnswer(at));
                set(Feature.LOG_RESPONSE, response - Habits.LOG_RESPONSE);
                set(Feature.RELATIVE_RESPONSE, response - sender.habits.logResponse());
            }
        } else {
            double silence = logSilence(sender.sinceWriting(at));
            set(Feature.LOG_SILENCE_BEFORE, silence - Habits.LOG_SILENCE);
            set(Feature.RELATIVE_SILENCE_BEFORE, silence - sender.habits.logSilence());
        }
        ofSpeed(sender, at, shape);
    }

    private void ofSpeed(Sender sender, long at, MessageShape shape) {
        if (sender.hasWritten() || sender.wasAnswered()) {
            long millis = Math.min(
                    sender.hasWritten() ? sender.sinceWriting(at) : Long.MAX_VALUE,
                    sender.wasAnswered() ? sender.sinceAnswer(at) : Long.MAX_VALUE);
            double seconds = Math.clamp(seconds(millis), SHORTEST_TYPING_SECONDS, LONGEST_TYPING_SECONDS);
            set(Feature.LOG_SPEED, StrictMath.log((shape.length() + LENGTH_OF_NOTHING) / seconds));
            set(Feature.NEW_SESSION, seconds(millis) > NEW_SESSION_SECONDS);
        }
    }

    private static double seconds(long millis) {
        return millis / 1000.0;
    }

    private void set(Feature feature, double value) {
        values[feature.place()] = value;
    }

    private void set(Feature feature, boolean isSet) {
        values[feature.place()] = isSet ? 1 : 0;
    }
}
