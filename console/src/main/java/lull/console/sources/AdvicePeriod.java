package lull.console.sources;

import java.time.Duration;

/// Time of the conversations from which a month is calculated, in words for the page and the command line. Pure.
public final class AdvicePeriod {

    /// From so long on every hour of the day and every day of the week is in it.
    private static final Duration WEEK = Duration.ofDays(7);

    private static final Duration DAY = Duration.ofDays(1);

    private AdvicePeriod() {}

    /// Returns a time as people say it: `40 min`, `5 h`, `29 days`.
    public static String words(Duration period) {
        if (period.toDays() >= 2) {
            return period.toDays() + " days";
        }
        return period.toHours() >= 1 ? period.toHours() + " h" : Math.max(1, period.toMinutes()) + " min";
    }

    /// Returns why a month may be quite different from what is calculated; empty if the time is at least a week.
    public static String warning(Duration period) {
        if (period.compareTo(DAY) < 0) {
            return "Calculated from " + words(period) + ": day and night are not in it, so a month may have many times"
                    + " more or fewer messages. Do not decide by these amounts: wait until there is a week";
        }
        return period.compareTo(WEEK) < 0
                ? "Calculated from " + words(period) + ": the days of a week differ, so a month may have more or fewer"
                        + " messages. Wait until there is a week"
                : "";
    }
}
