package lull.aggregator.turn;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/// Parser of times in the form in which `Instant` writes them, `2026-11-21T10:15:30.123Z`, with any
/// number of digits of the second. Pure.
final class QuickInstant {

    private static final int SECOND_END = 19;
    private static final int SECOND_OF_DAY = 86_400;

    private QuickInstant() {}

    /// Throws `DateTimeException` for anything else, including other forms of a time.
    static Instant parse(String text) {
        int end = text.length() - 1;
        if (end < SECOND_END
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':'
                || text.charAt(end) != 'Z') {
            throw new DateTimeException("Not a time in the usual form");
        }
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .toEpochDay();
        int hour = below(24, number(text, 11, 13));
        int minute = below(60, number(text, 14, 16));
        int second = below(60, number(text, 17, SECOND_END));
        return Instant.ofEpochSecond(day * SECOND_OF_DAY + (hour * 60L + minute) * 60 + second, nanos(text, end));
    }

    private static int nanos(String text, int end) {
        if (end == SECOND_END) {
            return 0;
        }
        int digits = end - SECOND_END - 1;
        if (text.charAt(SECOND_END) != '.' || digits < 1 || digits > 9) {
            throw new DateTimeException("Not a fraction of a second");
        }
        int nanos = number(text, SECOND_END + 1, end);
        for (int i = digits; i < 9; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("Not a digit");
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static int below(int limit, int number) {
        if (number >= limit) {
            throw new DateTimeException("Not a time of the day");
        }
        return number;
    }
}
