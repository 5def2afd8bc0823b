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
import org.jooq.Record3;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Reader of how many messages of customers reached Amazon Connect. Safe for several threads. Methods
/// throw jOOQ's `DataAccessException` if the database fails.
public final class TotalsReader {

    /// The longest time of one request, so that its rows are few.
    public static final Duration MAX_SPAN = Duration.ofDays(2);

    private static final Field<Integer> NUMBER = DSL.field(DSL.name("number_of_parts"), SQLDataType.INTEGER);

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
        Table<Record2<String, Integer>> partsOfTurns = DSL.select(
                        Part.TURN_ID, DSL.count().as(NUMBER))
                .from(Part.TABLE)
                .where(Part.TURN_ID.in(
                        DSL.select(Part.TURN_ID).from(Part.TABLE).where(isThen).and(Part.IS_LAST.isTrue())))
                .groupBy(Part.TURN_ID)
                .asTable("parts");
        Field<Integer> number = Objects.requireNonNull(partsOfTurns.field(NUMBER));
        Record3<Integer, BigDecimal, BigDecimal> turns = Objects.requireNonNull(database.sql()
                .select(DSL.count(), sum(Turn.MESSAGES), sum(DSL.greatest(Turn.MESSAGES, number)))
                .from(Turn.TABLE)
                .join(partsOfTurns)
                .on(Turn.TURN_ID.eq(partsOfTurns.field(Part.TURN_ID)))
                .fetchOne());
        return new TotalsView(
                turns.value1(), turns.value2().longValue(), turns.value3().longValue(), parts);
    }

    private static Field<BigDecimal> sum(Field<Integer> numbers) {
        return DSL.coalesce(DSL.sum(numbers), DSL.val(BigDecimal.ZERO));
    }
}
