package lull.console.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Forms in which pages show times, spans of time and numbers. Pure.
final class Shown {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int SMALL = 10;

    private Shown() {}

    /// Returns a time in UTC, in whole seconds.
    static String utc(Instant time) {
        return UTC.format(time) + " UTC";
    }

    /// Returns a span in its one or two largest units, such as `2 min 5 s`.
    static String span(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        if (seconds == 0 && span.toMillis() > 0) {
            return span.toMillis() + " ms";
        }
        if (seconds < SMALL && span.toMillis() % 1000 != 0) {
            return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1000.0);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        if (seconds < 86_400) {
            return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
        }
        return seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
    }

    /// Returns a number with at most two decimals if it is small, else as a whole number; `unknown` for NaN.
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "unknown";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        return Math.abs(value) < SMALL
                ? String.format(Locale.ROOT, "%.2f", value)
                : String.format(Locale.ROOT, "%,.0f", value);
    }

    /// Returns a number with as many decimals; `unknown` if it is none.
    static String rounded(double value, int decimals) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%,." + decimals + "f", value) : "unknown";
    }

    /// Returns a time as an attribute of an element.
    static String attribute(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
