package lull.archive.erasure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import lull.archive.rows.ArchiveRow;
import lull.archive.schema.Tables;
import lull.runtime.Sha256;
import org.jooq.BatchBindStep;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/// Filter of rows that are to be written: it leaves out what belongs to customers who were erased after it was
/// appended. Safe for several threads.
public final class ErasedIds {

    private static final int CHUNK = 5000;

    private ErasedIds() {}

    /// The rows of one record.
    ///
    /// @param appendedAt when the record was appended
    public record Group(Instant appendedAt, List<ArchiveRow> rows) {
        public Group {
            rows = List.copyOf(rows);
        }
    }

    /// Rows that are to be written, and how many were left out.
    public record Kept(List<ArchiveRow> rows, int erased) {
        public Kept {
            rows = List.copyOf(rows);
        }
    }

    /// Returns the rows without those of erased customers.
    ///
    /// @param sql the transaction that writes the rows
    /// @param groups in the order of the records
    public static Kept without(DSLContext sql, List<Group> groups) {
        var gate = sql.select(Tables.ErasureGate.GATE).from(Tables.ErasureGate.TABLE);
        // H2 cannot share a lock, so there its writers write one after the other.
        (sql.family() == SQLDialect.POSTGRES ? gate.forShare() : gate.forUpdate()).fetch();
        if (!sql.fetchExists(Tables.ErasedId.TABLE)) {
            return new Kept(
                    groups.stream().flatMap(group -> group.rows().stream()).toList(), 0);
        }
        Map<String, Instant> known = known(sql, groups);
        Map<String, Instant> further = new TreeMap<>();
        List<ArchiveRow> kept = new ArrayList<>();
        Set<String> files = new HashSet<>();
        int erased = 0;
        for (Group group : groups) {
            Instant ofPerson = latest(group, known, PersonalColumns::persons);
            boolean isOfPerson = !ofPerson.isBefore(group.appendedAt());
            for (ArchiveRow row : group.rows()) {
                if (isOfPerson || isErased(row, group.appendedAt(), known)) {
                    erased++;
                    if (row.values().get(Tables.MessageFile.SHA256) instanceof String digest) {
                        files.add(digest);
                    }
                } else {
                    kept.add(row);
                }
                if (isOfPerson) {
                    // What follows from it may not name the customer.
                    PersonalColumns.things(row.values(), id -> {
                        if (known.merge(id, ofPerson, ErasedIds::later).equals(ofPerson)) {
                            further.put(Sha256.hex(id), ofPerson);
                        }
                    });
                }
            }
        }
        add(sql, further);
        ErasedFiles.add(sql, files);
        return new Kept(kept, erased);
    }

    /// Adds ids of which nothing up to a time is to be archived.
    static void add(DSLContext sql, Collection<String> ids, Instant erasedAt) {
        Map<String, Instant> digests = new TreeMap<>();
        ids.forEach(id -> digests.put(Sha256.hex(id), erasedAt));
        add(sql, digests);
    }

    /// @param digests in one order for all processes, so that none waits for another that waits for it
    private static void add(DSLContext sql, Map<String, Instant> digests) {
        if (digests.isEmpty()) {
            return;
        }
        BatchBindStep update = sql.batch(sql.update(Tables.ErasedId.TABLE)
                .set(Tables.ErasedId.ERASED_AT, DSL.val((Instant) null, Tables.ErasedId.ERASED_AT.getDataType()))
                .where(Tables.ErasedId.DIGEST.eq(DSL.val((String) null, Tables.ErasedId.DIGEST.getDataType())))
                .and(Tables.ErasedId.ERASED_AT.lt(DSL.val((Instant) null, Tables.ErasedId.ERASED_AT.getDataType()))));
        BatchBindStep insert = sql.batch(sql.insertInto(Tables.ErasedId.TABLE)
                .columns(Tables.ErasedId.DIGEST, Tables.ErasedId.ERASED_AT)
                .values((String) null, null)
                .onConflict(Tables.ErasedId.DIGEST)
                .doNothing());
        for (Map.Entry<String, Instant> digest : digests.entrySet()) {
            insert = insert.bind(digest.getKey(), digest.getValue());
            update = update.bind(digest.getValue(), digest.getKey(), digest.getValue());
        }
        insert.execute();
        update.execute();
    }

    private static boolean isErased(ArchiveRow row, Instant appendedAt, Map<String, Instant> known) {
        return !latest(row.values(), known, PersonalColumns::things).isBefore(appendedAt);
    }

    private static Instant latest(
            Group group, Map<String, Instant> known, BiConsumer<Map<Field<?>, Object>, Consumer<String>> ids) {
        return group.rows().stream()
                .map(row -> latest(row.values(), known, ids))
                .reduce(Instant.MIN, ErasedIds::later);
    }

    /// Returns until when an id of a row was erased; the beginning of time if none was.
    private static Instant latest(
            Map<Field<?>, Object> row,
            Map<String, Instant> known,
            BiConsumer<Map<Field<?>, Object>, Consumer<String>> ids) {
        List<Instant> times = new ArrayList<>();
        ids.accept(row, id -> times.add(known.getOrDefault(id, Instant.MIN)));
        return times.stream().reduce(Instant.MIN, ErasedIds::later);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /// Returns the ids of the rows that are remembered, with the time up to which nothing of them is archived.
    private static Map<String, Instant> known(DSLContext sql, List<Group> groups) {
        Map<String, String> idsByDigest = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (Group group : groups) {
            for (ArchiveRow row : group.rows()) {
                PersonalColumns.persons(row.values(), ids::add);
                PersonalColumns.things(row.values(), ids::add);
            }
        }
        ids.forEach(id -> idsByDigest.put(Sha256.hex(id), id));
        Map<String, Instant> known = new HashMap<>();
        List<String> digests = List.copyOf(idsByDigest.keySet());
        for (int from = 0; from < digests.size(); from += CHUNK) {
            sql.select(Tables.ErasedId.DIGEST, Tables.ErasedId.ERASED_AT)
                    .from(Tables.ErasedId.TABLE)
                    .where(Tables.ErasedId.DIGEST.in(digests.subList(from, Math.min(digests.size(), from + CHUNK))))
                    .forEach(row -> known.put(idsByDigest.getOrDefault(row.value1(), ""), row.value2()));
        }
        return known;
    }
}
