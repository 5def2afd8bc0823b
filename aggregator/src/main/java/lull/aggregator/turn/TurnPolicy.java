package lull.aggregator.turn;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import lull.contract.message.Content;
import lull.contract.message.GapRule;

/// Rules that make a turn.
///
/// @param gap the silence that ends a turn, unless a setting record overrides it; zero makes each
///     message a turn
/// @param rule what decides how long to wait, unless a setting record overrides it
/// @param albumWindow how long to wait at least after a photo or another file
/// @param maxDuration how long a turn may last, from its first message
/// @param maxMessages how many messages a turn may have
/// @param maxBytes how many bytes of messages a turn may have; a single message may have more
/// @param flushWords words that end a turn if a text consists only of one, compared without case and
///     punctuation
/// @param joiner what separates the texts of an item
/// @param kinds what each kind of message does
/// @param urgentWords words that end a turn if a text or caption contains one, and make the turn urgent
public record TurnPolicy(
        Duration gap,
        GapRule rule,
        Duration albumWindow,
        Duration maxDuration,
        int maxMessages,
        int maxBytes,
        Set<String> flushWords,
        String joiner,
        KindPolicy kinds,
        Set<String> urgentWords) {

    /// The default separator between texts: a line feed.
    public static final String JOINER = "\n";

    /// The default time to wait after a photo or another file.
    public static final Duration ALBUM_WINDOW = Duration.ofMillis(1_500);

    public TurnPolicy {
        if (gap.isNegative()
                || albumWindow.isNegative()
                || maxDuration.isNegative()
                || maxMessages < 1
                || maxBytes < 1) {
            throw new IllegalArgumentException("Limits of a turn are positive");
        }
        flushWords = flushWords.stream().map(TurnPolicy::bare).collect(Collectors.toUnmodifiableSet());
        urgentWords = UrgentWords.compared(urgentWords);
    }

    /// Creates rules without urgent words.
    public TurnPolicy(
            Duration gap,
            GapRule rule,
            Duration albumWindow,
            Duration maxDuration,
            int maxMessages,
            int maxBytes,
            Set<String> flushWords,
            String joiner,
            KindPolicy kinds) {
        this(gap, rule, albumWindow, maxDuration, maxMessages, maxBytes, flushWords, joiner, kinds, Set.of());
    }

    /// The defaults with a gap: 30 seconds (or five gaps, if that is more), 50 messages, 256 KiB.
    public static TurnPolicy ofGap(Duration gap) {
        Duration five = gap.multipliedBy(5);
        Duration thirtySeconds = Duration.ofSeconds(30);
        return new TurnPolicy(
                gap,
                GapRule.FIXED,
                ALBUM_WINDOW,
                five.compareTo(thirtySeconds) > 0 ? five : thirtySeconds,
                50,
                256 * 1024,
                Set.of(),
                JOINER,
                KindPolicy.DEFAULT);
    }

    /// Returns the same policy with another rule.
    public TurnPolicy with(GapRule other) {
        return new TurnPolicy(
                gap, other, albumWindow, maxDuration, maxMessages, maxBytes, flushWords, joiner, kinds, urgentWords);
    }

    /// Whether a message of this content ends its turn, without waiting for the gap.
    boolean flushes(Content content) {
        return !flushWords.isEmpty() && content instanceof Content.Text text && flushWords.contains(bare(text.body()));
    }

    /// Whether a message of this content is urgent, and so ends its turn.
    boolean isUrgent(Content content) {
        String text = content instanceof Content.Media media
                ? media.caption()
                : content instanceof Content.Text(String body) ? body : null;
        return text != null && UrgentWords.areIn(text, urgentWords);
    }

    /// Returns a text in the form that is compared with the words that end a turn.
    static String bare(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("[\\p{P}\\p{S}\\s]+", " ")
                .strip();
    }
}
