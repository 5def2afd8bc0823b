package lull.console.sources;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import lull.console.sources.CostDoor.Bill;
import lull.runtime.BoundedMap;
import org.jspecify.annotations.Nullable;

/// Bills of months (UTC), from the archive. It asks for one day at a time, and only once for days that
/// are over, so a month may take several calls. Safe for several threads.
public final class MonthCosts {

    /// How long after its end a day may still change, because the archive is behind.
    private static final Duration SETTLED = Duration.ofHours(2);

    private static final int MONTHS = 13;
    private static final int MOST_DAYS = MONTHS * 31;

    private final SourceClient archive;
    private final CostDoor door;
    private final InstantSource clock;

    /// Days that are over. Guarded by this.
    private final Map<LocalDate, JsonNode> settled = new BoundedMap<>(MOST_DAYS);

    /// What is known of a month.
    ///
    /// @param bill absent if it is not known yet
    /// @param problem why it cannot be known now; empty if it can
    /// @param progress what is done now, in words; empty if nothing is
    public record State(@Nullable Bill bill, String problem, String progress) {}

    public MonthCosts(SourceClient archive, CostDoor door, InstantSource clock) {
        this.archive = archive;
        this.door = door;
        this.clock = clock;
    }

    /// Returns the months that can be asked for, the latest first.
    public List<YearMonth> months() {
        YearMonth now = YearMonth.from(today());
        return IntStream.range(0, MONTHS).mapToObj(now::minusMonths).toList();
    }

    /// Returns what is known of a month, after asking for days for a while.
    ///
    /// @param month one of [#months()]
    public State of(YearMonth month, Duration patience) throws InterruptedException {
        Instant end = clock.instant().plus(patience);
        SortedMap<LocalDate, JsonNode> days = new TreeMap<>();
        LocalDate last = month.atEndOfMonth().isBefore(today()) ? month.atEndOfMonth() : today();
        for (LocalDate day = month.atDay(1); !day.isAfter(last); day = day.plusDays(1)) {
            JsonNode known = settled(day);
            if (known == null) {
                if (clock.instant().isAfter(end)) {
                    return new State(null, "", days.size() + " of " + last.getDayOfMonth() + " days are counted");
                }
                switch (archive.get(
                        "/charges",
                        Map.of(
                                "from",
                                begin(day).toString(),
                                "to",
                                begin(day.plusDays(1)).toString()))) {
                    case Answer.Known(JsonNode body) -> known = body;
                    case Answer.Refused(int _, String reason) -> {
                        return new State(null, reason, "");
                    }
                    case Answer.Unknown(String reason) -> {
                        return new State(null, reason, "");
                    }
                }
                keep(day, known);
            }
            days.put(day, known);
        }
        return new State(door.bill(new CostDoor.Ledger(month, days, last.isBefore(today()), true)), "", "");
    }

    private synchronized @Nullable JsonNode settled(LocalDate day) {
        return settled.get(day);
    }

    private synchronized void keep(LocalDate day, JsonNode charges) {
        if (begin(day.plusDays(1)).plus(SETTLED).isBefore(clock.instant())) {
            settled.put(day, charges);
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
