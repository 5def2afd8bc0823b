package lull.archive.query;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.Tables.Part;
import lull.archive.schema.Tables.Turn;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.impl.DSL;

/// Reader of how many messages of customers reached Amazon Connect. Safe for several threads. Methods
/// throw jOOQ's `DataAccessException` if the database fails.
public final class TotalsReader {

    /// The longest time of one request, so that its rows are few.
    public static final Duration MAX_SPAN = Duration.ofDays(2);

    private static final Field<BigDecimal> SUM = DSL.coalesce(DSL.sum(Turn.MESSAGES), DSL.val(BigDecimal.ZERO));

    private final ArchiveDatabase database;

    public TotalsReader(ArchiveDatabase database) {
        this.database = database;
    }

    /// Returns the totals of a time. Turns that no part of reached Amazon Connect are not in them,
    /// such as those of applications.
    ///
    /// @param to exclusive, at most [#MAX_SPAN] later
    public TotalsView of(Instant from, Instant to) {
        Condition isThen = Part.ACCEPTED_AT.ge(from).and(Part.ACCEPTED_AT.lt(to));
        long parts = database.sql().fetchCount(Part.TABLE, isThen);
        Record2<Integer, BigDecimal> turns = Objects.requireNonNull(database.sql()
                .select(DSL.count(), SUM)
                .from(Turn.TABLE)
                .where(Turn.TURN_ID.in(
                        DSL.select(Part.TURN_ID).from(Part.TABLE).where(isThen).and(Part.IS_LAST.isTrue())))
                .fetchOne());
        return new TotalsView(turns.value1(), turns.value2().longValue(), parts);
    }
}
