package lull.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import lull.runtime.CheckResult;
import lull.runtime.http.BoundedHttpClient;

/// Check of this machine's clock against those of WhatsApp and AWS, by the `Date` header of their
/// answers.
final class ClockCheck {

    private static final String CLOCK = "clock";
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /// Maximum difference: the header has whole seconds, and an answer takes some time.
    private static final Duration MOST = Duration.ofSeconds(10);

    private final BoundedHttpClient client;
    private final InstantSource clock;

    ClockCheck(BoundedHttpClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /// Compares with the clock of the server at an address; empty if no server answers, which other
    /// checks report.
    Optional<CheckResult> finding(String whose, URI address) throws InterruptedException {
        Instant before = clock.instant();
        try {
            HttpResponse<byte[]> answer =
                    client.send(HttpRequest.newBuilder(address).build(), LIMIT, BoundedHttpClient.JSON_BYTES);
            Instant after = clock.instant();
            return answer.headers()
                    .firstValue("Date")
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant())
                    .map(theirs -> finding(whose, theirs, before, after));
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static CheckResult finding(String whose, Instant theirs, Instant before, Instant after) {
        Instant ours = before.plus(Duration.between(before, after).dividedBy(2));
        Duration ahead = Duration.between(theirs, ours);
        if (ahead.abs().compareTo(MOST) <= 0) {
            return CheckResult.well(CLOCK, "This machine's clock and that of " + whose + " agree");
        }
        return CheckResult.wrong(
                CLOCK,
                "This machine's clock is " + ahead.abs().toSeconds() + " s "
                        + (ahead.isNegative() ? "behind" : "ahead of")
                        + " that of " + whose
                        + ": synchronize it by NTP. If it is minutes off, AWS refuses calls, and notifications"
                        + " appear too old");
    }
}
