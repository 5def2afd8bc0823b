package lull.archive.retention;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.ArchivedTable;
import lull.archive.schema.Tables;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// Deletion of rows that are too old, in slices, so that no statement locks many rows or takes long. Rows that a rewind
/// brings back are deleted again. Safe for several threads and processes.
public final class Retention {

    private final ArchiveDatabase database;
    private final Options options;
    private final InstantSource clock;
    private final Counter deleted;

    /// How long rows are kept.
    ///
    /// @param all rows of tables and kinds that have no time of their own
    /// @param tables by the name of the table
    /// @param kinds messages, by their kind
    /// @param files kept in the media store: rows that name them are kept at least as long, because an
    ///     erasure finds the files of a customer by them
    /// @param slice the maximum number of rows of one statement
    public record Options(
            Duration all, Map<String, Duration> tables, Map<String, Duration> kinds, Duration files, int slice) {
        public Options {
            tables = Map.copyOf(tables);
            kinds = Map.copyOf(kinds);
        }
    }

    public Retention(ArchiveDatabase database, Options options, InstantSource clock, MeterRegistry registry) {
        this.database = database;
        this.options = options;
        this.clock = clock;
        this.deleted = Counter.builder("lull.archive.deleted")
                .description("Rows of the archive that were deleted because they were too old")
                .register(registry);
    }

    /// Returns the tables that have a retention, each with the time that decides.
    public static Map<String, Field<Instant>> times() {
        Map<String, Field<Instant>> times = new LinkedHashMap<>();
        aged().forEach((table, time) -> times.put(table.toString(), time));
        return times;
    }

    private static Map<ArchivedTable, Field<Instant>> aged() {
        Map<ArchivedTable, Field<Instant>> aged = new LinkedHashMap<>();
        aged.put(Tables.Conversation.ROWS, Tables.Conversation.LAST_ACTIVITY_AT);
        aged.put(Tables.Message.ROWS, Tables.Message.HAPPENED_AT);
        aged.put(Tables.MessageFile.ROWS, Tables.MessageFile.KEPT_AT);
        aged.put(Tables.MessageStatus.ROWS, Tables.MessageStatus.HAPPENED_AT);
        aged.put(Tables.Turn.ROWS, Tables.Turn.CLOSED_AT);
        aged.put(Tables.TurnMessage.ROWS, Tables.TurnMessage.CLOSED_AT);
        aged.put(Tables.Part.ROWS, Tables.Part.ACCEPTED_AT);
        aged.put(Tables.Chat.ROWS, Tables.Chat.OPENED_AT);
        aged.put(Tables.Reply.ROWS, Tables.Reply.REQUESTED_AT);
        aged.put(Tables.ReplyPart.ROWS, Tables.ReplyPart.LAST_AT);
        aged.put(Tables.WhatsAppCharge.ROWS, Tables.WhatsAppCharge.HAPPENED_AT);
        aged.put(Tables.ConnectCharge.ROWS, Tables.ConnectCharge.ACCEPTED_AT);
        aged.put(Tables.AccountEvent.ROWS, Tables.AccountEvent.HAPPENED_AT);
        aged.put(Tables.SettingChange.ROWS, Tables.SettingChange.CHANGED_AT);
        aged.put(Tables.DeadLetter.ROWS, Tables.DeadLetter.APPENDED_AT);
        aged.put(Tables.UnreadableRecord.ROWS, Tables.UnreadableRecord.APPENDED_AT);
        aged.put(Tables.Hop.ROWS, Tables.Hop.HAPPENED_AT);
        return aged;
    }

    /// Deletes what is too old now. Throws jOOQ's `DataAccessException` if the database fails; what was deleted stays
    /// so.
    public void run() throws InterruptedException {
        Instant now = clock.instant();
        for (Map.Entry<ArchivedTable, Field<Instant>> table : aged().entrySet()) {
            Duration kept = kept(table.getKey());
            delete(table.getKey(), isTooOld(table.getKey(), table.getValue(), kept, now));
        }
    }

    private Duration kept(ArchivedTable table) {
        Duration kept = options.tables().getOrDefault(table.toString(), options.all());
        return table.equals(Tables.MessageFile.ROWS) && kept.compareTo(options.files()) < 0 ? options.files() : kept;
    }

    private Condition isTooOld(ArchivedTable table, Field<Instant> time, Duration kept, Instant now) {
        if (!table.equals(Tables.Message.ROWS) || options.kinds().isEmpty()) {
            return time.lt(now.minus(kept));
        }
        List<Condition> any = new ArrayList<>();
        options.kinds()
                .forEach((kind, own) -> any.add(Tables.Message.KIND.eq(kind).and(time.lt(now.minus(own)))));
        any.add(Tables.Message.KIND.notIn(options.kinds().keySet()).and(time.lt(now.minus(kept))));
        return DSL.or(any);
    }

    private void delete(ArchivedTable table, Condition condition) throws InterruptedException {
        int rows;
        do {
            rows = database.sql()
                    .deleteFrom(table.table())
                    .where(DSL.row(table.keys())
                            .in(DSL.select(table.keys())
                                    .from(table.table())
                                    .where(condition)
                                    .limit(options.slice())))
                    .execute();
            deleted.increment(rows);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        } while (rows == options.slice());
    }
}
