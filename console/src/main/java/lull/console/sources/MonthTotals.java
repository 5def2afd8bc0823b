package lull.console.sources;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicReference;

/// How many messages of customers reached Amazon Connect in the calendar month (UTC), and as how many
/// chat messages, from the archive. It asks for one day at a time, and only once for days that are
/// over. One thread calls [#count()]; any may read the result.
public final class MonthTotals {

    private static final int MOST_DAYS = 31;

    private final SourceClient archive;
    private final ArchiveDays days;
    private final AtomicReference<Totals> latest =
            new AtomicReference<>(new Totals(Instant.EPOCH, 0, 0, 0, "Nothing was asked yet"));

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
        this.days = new ArchiveDays(archive, "/totals", MOST_DAYS, clock);
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
        LocalDate today = days.today();
        LocalDate first = today.withDayOfMonth(1);
        Instant since = ArchiveDays.begin(first);
        long messages = 0;
        long oneByOne = 0;
        long connectMessages = 0;
        for (LocalDate day = first; !day.isAfter(today); day = day.plusDays(1)) {
            Answer answer = days.of(day);
            if (!(answer instanceof Answer.Known(JsonNode body))) {
                latest.set(new Totals(since, 0, 0, 0, answer.problem()));
                return;
            }
            long ofDay = body.path("messages").asLong();
            messages += ofDay;
            oneByOne += body.path("oneByOne").asLong(ofDay);
            connectMessages += body.path("connectMessages").asLong();
        }
        latest.set(new Totals(since, messages, oneByOne, connectMessages, ""));
    }
}
