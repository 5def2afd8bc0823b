package lull.console.sources;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import lull.console.sources.BillCalculator.Bill;
import org.jspecify.annotations.Nullable;

/// Bills of months (UTC), from the archive. It asks for one day at a time, and only once for days that
/// are over, so a month may take several calls. Safe for several threads.
public final class MonthCosts {

    private static final int MONTHS = 13;
    private static final int MOST_DAYS = MONTHS * 31;

    private final ArchiveDays days;
    private final BillCalculator calculator;
    private final InstantSource clock;

    /// What is known of a month.
    ///
    /// @param bill absent if it is not known yet
    /// @param problem why it cannot be known now; empty if it can
    /// @param progress what is done now, in words; empty if nothing is
    public record State(@Nullable Bill bill, String problem, String progress) {}

    public MonthCosts(SourceClient archive, BillCalculator calculator, InstantSource clock) {
        this.days = new ArchiveDays(archive, "/charges", MOST_DAYS, clock);
        this.calculator = calculator;
        this.clock = clock;
    }

    /// Returns the months that can be asked for, the latest first.
    public List<YearMonth> months() {
        YearMonth now = YearMonth.from(days.today());
        return IntStream.range(0, MONTHS).mapToObj(now::minusMonths).toList();
    }

    /// Returns what is known of a month, after asking for days for a while.
    ///
    /// @param month one of [#months()]
    public State of(YearMonth month, Duration patience) throws InterruptedException {
        Instant end = clock.instant().plus(patience);
        LocalDate today = days.today();
        LocalDate last = month.atEndOfMonth().isBefore(today) ? month.atEndOfMonth() : today;
        SortedMap<LocalDate, JsonNode> charges = new TreeMap<>();
        for (LocalDate day = month.atDay(1); !day.isAfter(last); day = day.plusDays(1)) {
            if (!days.isSettled(day) && clock.instant().isAfter(end)) {
                return new State(null, "", charges.size() + " of " + last.getDayOfMonth() + " days are counted");
            }
            Answer answer = days.of(day);
            if (!(answer instanceof Answer.Known(JsonNode body))) {
                return new State(null, answer.problem(), "");
            }
            charges.put(day, body);
        }
        return new State(
                calculator.bill(new BillCalculator.Ledger(month, charges, last.isBefore(today), true)), "", "");
    }
}
