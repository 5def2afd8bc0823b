package lull.runtime.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// The header `Retry-After` of an answer, in seconds or as a date (RFC 9110). Pure.
public final class RetryAfter {

    /// It is believed up to this.
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private RetryAfter() {}

    /// Returns how long to wait: at most five minutes; zero without the header, or if it cannot be
    /// read.
    public static Duration of(HttpHeaders headers, Instant now) {
        Optional<String> header = headers.firstValue("Retry-After").map(String::strip);
        if (header.isEmpty()) {
            return Duration.ZERO;
        }
        Duration wait = wait(header.get(), now);
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static Duration wait(String text, Instant now) {
        if (text.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            return Duration.between(
                    now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
