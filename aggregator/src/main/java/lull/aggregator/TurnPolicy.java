package lull.aggregator;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import lull.contract.message.Content;

/// What makes a turn of an input topic, and how its log is trusted.
///
/// @param gap the silence that ends a turn, unless a setting record says otherwise; zero makes each message a
///     turn
/// @param maxDuration how long a turn may last, from its first message
/// @param maxMessages how many messages a turn may have
/// @param maxBytes how many bytes of messages a turn may have; a single message may have more
/// @param flushWords words that end a turn when they are all a text says, compared without case and punctuation
/// @param hole how holes in the log are found and waited out
/// @param ackTimeout how long an ingress may hold a message before it is appended
public record TurnPolicy(
        Duration gap,
        Duration maxDuration,
        int maxMessages,
        int maxBytes,
        Set<String> flushWords,
        HoleRule hole,
        Duration ackTimeout) {

    /// When a log is taken to have a hole, such as a failover of its broker or a pause of the aggregator: nothing
    /// closes by time until what was buffered meanwhile has had the time to arrive.
    ///
    /// @param limit how far behind a deadline the log's clock may jump before that is a hole
    /// @param settle how long nothing closes by time after a hole
    public record HoleRule(Duration limit, Duration settle) {

        /// No hole is ever found: for tests that let time jump.
        public static final HoleRule OFF = new HoleRule(Duration.ofDays(36_500), Duration.ZERO);

        /// 500 ms and 1.5 s: twice the ingress's reconnect back-off of 500 ms, and 500 ms.
        public static final HoleRule DEFAULT = new HoleRule(Duration.ofMillis(500), Duration.ofMillis(1500));
    }

    public TurnPolicy {
        if (gap.isNegative() || maxDuration.isNegative() || maxMessages < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("Limits of a turn are positive");
        }
        flushWords = flushWords.stream().map(TurnPolicy::bare).collect(Collectors.toUnmodifiableSet());
    }

    /// The defaults with a gap: 30 seconds (or five gaps where that is more), 50 messages, 256 KiB.
    public static TurnPolicy ofGap(Duration gap) {
        Duration five = gap.multipliedBy(5);
        Duration thirtySeconds = Duration.ofSeconds(30);
        return new TurnPolicy(
                gap,
                five.compareTo(thirtySeconds) > 0 ? five : thirtySeconds,
                50,
                256 * 1024,
                Set.of(),
                HoleRule.DEFAULT,
                Duration.ofSeconds(10));
    }

    /// The same policy with another rule for holes.
    public TurnPolicy with(HoleRule rule) {
        return new TurnPolicy(gap, maxDuration, maxMessages, maxBytes, flushWords, rule, ackTimeout);
    }

    /// Whether a content is nothing but a word that ends a turn.
    boolean flushes(Content content) {
        return !flushWords.isEmpty() && content instanceof Content.Text text && flushWords.contains(bare(text.body()));
    }

    private static String bare(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("[\\p{P}\\p{S}\\s]+", " ")
                .strip();
    }
}
