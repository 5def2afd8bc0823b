package lull.console.sources;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// How many messages of customers reached Amazon Connect in the calendar month (UTC), and as how many
/// chat messages, from the archive. It asks for one day at a time, and only once for days that are
/// over. One thread calls [#count()]; any may read the result.
public final class MonthTotals {

    /// How long after its end a day may still change, because the archive is behind.
    private static final Duration SETTLED = Duration.ofHours(2);

    private final SourceClient archive;
    private final InstantSource clock;
    private final Map<LocalDate, Day> settled = new HashMap<>();
    private final AtomicReference<Totals> latest =
            new AtomicReference<>(new Totals(Instant.EPOCH, 0, 0, 0, "Nothing was asked yet"));

    private record Day(long messages, long oneByOne, long connectMessages) {}

    /// Totals of a time until now.
    ///
    /// @param oneByOne as how many chat messages these would have come one by one, at least
    /// @param problem why they are unknown; empty if they are known
    public record Totals(Instant since, long messages, long oneByOne, long connectMessages, String problem) {

        public boolean isKnown() {
            return problem.isEmpty();
        }
    }

    public MonthTotals(SourceClient archive, InstantSource clock) {
        this.archive = archive;
        this.clock = clock;
    }

    /// Whether there is an archive.
    public boolean isConfigured() {
        return archive.isConfigured();
    }

    /// Returns what was counted last.
    public Totals latest() {
        return latest.get();
    }

    /// Counts the days of this month.
    public void count() throws InterruptedException {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        LocalDate first = today.withDayOfMonth(1);
        settled.keySet().removeIf(day -> day.isBefore(first));
        long messages = 0;
        long oneByOne = 0;
        long connectMessages = 0;
        for (LocalDate day = first; !day.isAfter(today); day = day.plusDays(1)) {
            Day known = settled.get(day);
            if (known == null) {
                Answer answer = archive.get(
                        "/totals",
                        Map.of(
                                "from",
                                begin(day).toString(),
                                "to",
                                begin(day.plusDays(1)).toString()));
                if (!(answer instanceof Answer.Known(JsonNode body))) {
                    latest.set(new Totals(begin(first), 0, 0, 0, problem(answer)));
                    return;
                }
                long ofDay = body.path("messages").asLong();
                known = new Day(
                        ofDay,
                        body.path("oneByOne").asLong(ofDay),
                        body.path("connectMessages").asLong());
                if (begin(day.plusDays(1)).plus(SETTLED).isBefore(now)) {
                    settled.put(day, known);
                }
            }
            messages += known.messages();
            oneByOne += known.oneByOne();
            connectMessages += known.connectMessages();
        }
        latest.set(new Totals(begin(first), messages, oneByOne, connectMessages, ""));
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static String problem(Answer answer) {
        return switch (answer) {
            case Answer.Known _ -> "";
            case Answer.Refused(int _, String reason) -> reason;
            case Answer.Unknown(String reason) -> reason;
        };
    }
}
