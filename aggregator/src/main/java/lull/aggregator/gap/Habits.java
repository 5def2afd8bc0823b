package lull.aggregator.gap;

import java.nio.ByteBuffer;

/// How a sender usually writes. Each message makes the earlier ones count 1 % less, so a change of habits
/// is seen after some hundred messages. Numbers are kept as they are stored, so habits that are read again
/// are the same. Not safe for several threads.
final class Habits {

    private static final double KEEP = 0.99;
    private static final double STEP_OF_RATE = 0.15;
    private static final double STEP_OF_SILENCE = 0.2;

    /// What is assumed of a sender of whom nothing is known, and how many observations it is worth.
    private static final double RATE = 0.22;
    private static final double RATE_WORTH = 6;
    static final double LOG_SILENCE = StrictMath.log(11);
    private static final double SILENCE_WORTH = 3;
    static final double LOG_LENGTH = StrictMath.log1p(25);
    private static final double LENGTH_WORTH = 3;
    private static final double CLOSING = 0.45;
    private static final double CLOSING_WORTH = 2;
    static final double LOG_RESPONSE = StrictMath.log(15);
    private static final double RESPONSE_WORTH = 2;

    private static final int MOST_MESSAGES = 1_000;

    /// The size of what is written.
    static final int BYTES = 10 * Float.BYTES;

    /// The sums of weights of 0 to [#MOST_MESSAGES] messages.
    private static final double[] WEIGHTS = weights();

    int messages;
    float followed;
    float recentRate = (float) RATE;
    float logSilences;
    float silences;
    float recentLogSilence = (float) LOG_SILENCE;
    float logLengths;
    float closings;
    float endings;
    float logResponses;
    float responses;

    /// Writes all but the number of messages.
    void write(ByteBuffer out) {
        out.putFloat(followed)
                .putFloat(recentRate)
                .putFloat(logSilences)
                .putFloat(silences)
                .putFloat(recentLogSilence)
                .putFloat(logLengths)
                .putFloat(closings)
                .putFloat(endings)
                .putFloat(logResponses)
                .putFloat(responses);
    }

    /// Reads what [#write(ByteBuffer)] wrote.
    void read(ByteBuffer in, int ofMessages) {
        messages = Math.min(ofMessages, MOST_MESSAGES);
        followed = in.getFloat();
        recentRate = in.getFloat();
        logSilences = in.getFloat();
        silences = in.getFloat();
        recentLogSilence = in.getFloat();
        logLengths = in.getFloat();
        closings = in.getFloat();
        endings = in.getFloat();
        logResponses = in.getFloat();
        responses = in.getFloat();
    }

    /// Records that another message of the same turn has followed after a silence.
    void followed(double logSilence) {
        followed = (float) (followed * KEEP + 1);
        recentRate = (float) (recentRate + STEP_OF_RATE * (1 - recentRate));
        logSilences = (float) (logSilences * KEEP + logSilence);
        silences = (float) (silences * KEEP + 1);
        recentLogSilence = (float) (recentLogSilence + STEP_OF_SILENCE * (logSilence - recentLogSilence));
    }

    /// Records that a message was the last of its turn.
    void ended(Ending ending) {
        followed = (float) (followed * KEEP);
        recentRate = (float) (recentRate - STEP_OF_RATE * recentRate);
        if (ending != Ending.UNKNOWN) {
            closings = (float) (closings * KEEP + (ending.closes() ? 1 : 0));
            endings = (float) (endings * KEEP + 1);
        }
    }

    void wrote(double logLength) {
        logLengths = (float) (logLengths * KEEP + logLength);
        messages = Math.min(messages + 1, MOST_MESSAGES);
    }

    void responded(double logResponse) {
        logResponses = (float) (logResponses * KEEP + logResponse);
        responses = (float) (responses * KEEP + 1);
    }

    /// The share of messages that another one of the same turn followed.
    double rate() {
        return (followed + RATE_WORTH * RATE) / (decided() + RATE_WORTH);
    }

    /// The weight of the messages of which it is known whether another one followed: all but the last.
    double decided() {
        return WEIGHTS[Math.max(0, messages - 1)];
    }

    double logSilence() {
        return (logSilences + SILENCE_WORTH * LOG_SILENCE) / (silences + SILENCE_WORTH);
    }

    double logLength() {
        return (logLengths + LENGTH_WORTH * LOG_LENGTH) / (WEIGHTS[messages] + LENGTH_WORTH);
    }

    /// How much more often than others this sender closes the last sentence of a turn.
    double closing() {
        return (closings + CLOSING_WORTH * CLOSING) / (endings + CLOSING_WORTH) - CLOSING;
    }

    double recentRate() {
        return recentRate - RATE;
    }

    double logResponse() {
        return (logResponses + RESPONSE_WORTH * LOG_RESPONSE) / (responses + RESPONSE_WORTH);
    }

    private static double[] weights() {
        double[] weights = new double[MOST_MESSAGES + 1];
        for (int i = 1; i < weights.length; i++) {
            weights[i] = weights[i - 1] * KEEP + 1;
        }
        return weights;
    }
}
