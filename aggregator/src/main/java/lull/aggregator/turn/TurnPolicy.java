package lull.aggregator.turn;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import lull.contract.message.Content;

/// Rules that make a turn.
///
/// @param gap the silence that ends a turn, unless a setting record says otherwise; zero makes each message a
///     turn
/// @param maxDuration how long a turn may last, from its first message
/// @param maxMessages how many messages a turn may have
/// @param maxBytes how many bytes of messages a turn may have; a single message may have more
/// @param flushWords words that end a turn when they are all a text says, compared without case and punctuation
/// @param joiner what stands between the texts of an item
/// @param kinds what the kinds of messages do
public record TurnPolicy(
        Duration gap,
        Duration maxDuration,
        int maxMessages,
        int maxBytes,
        Set<String> flushWords,
        String joiner,
        KindPolicy kinds) {

    /// What stands between texts unless something else is said: the end of a line.
    public static final String JOINER = "\n";

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
                JOINER,
                KindPolicy.DEFAULT);
    }

    /// Whether a message of this content ends its turn, without waiting for the gap.
    boolean flushes(Content content) {
        return !flushWords.isEmpty() && content instanceof Content.Text text && flushWords.contains(bare(text.body()));
    }

    /// A text in the form in which it is compared with the words that end a turn.
    static String bare(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("[\\p{P}\\p{S}\\s]+", " ")
                .strip();
    }
}
