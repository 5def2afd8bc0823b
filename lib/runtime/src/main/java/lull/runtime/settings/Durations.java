package lull.runtime.settings;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Form in which people write durations: `250ms`, `5s`, `2m`, `24h`, `7d`, or ISO-8601 such as `PT5S`.
/// Pure.
public final class Durations {

    private static final Pattern SHORT = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");

    private Durations() {}

    /// Parses a duration; throws `IllegalArgumentException` that says how to write it.
    public static Duration parse(String text) {
        Matcher matcher = SHORT.matcher(text.strip());
        try {
            if (matcher.matches()) {
                long amount = Long.parseLong(matcher.group(1));
                return switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                };
            }
            return Duration.parse(text.strip());
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("must be a span of time such as 250ms, 5s, 2m, 24h or 7d");
        }
    }

    /// Writes a duration as people do, in its largest whole unit.
    public static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0 || millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
