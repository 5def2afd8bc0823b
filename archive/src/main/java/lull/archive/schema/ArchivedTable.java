package lull.archive.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Table whose rows are filled from records, in any order and any number of times. Of each column the first or the last
/// value counts, by the value of another column of the same record, or by itself. So the same records lead to the same
/// rows, whatever was written before. The rule is the same in SQL ([#upsert]) and in memory ([#merge]). Immutable.
public final class ArchivedTable {

    private final Table<Record> table;
    private final List<Field<?>> keys;
    private final List<Column<?>> columns;

    /// A column that is no key.
    ///
    /// @param by the column that decides which value counts; its values compare as they do in Java
    /// @param isFirst whether the value with the smallest [#by()] counts, not that with the largest
    private record Column<T>(Field<T> field, Field<?> by, boolean isFirst) {}

    private ArchivedTable(Table<Record> table, List<Field<?>> keys, List<Column<?>> columns) {
        this.table = table;
        this.keys = List.copyOf(keys);
        this.columns = List.copyOf(columns);
    }

    static ArchivedTable of(Table<Record> table, Field<?>... keys) {
        return new ArchivedTable(table, List.of(keys), List.of());
    }

    /// Adds columns of which the values of the first record count.
    ///
    /// @param by what decides which record that is, a column too
    ArchivedTable first(Field<?> by, Field<?>... others) {
        return with(by, others, true);
    }

    /// Adds columns of which the values of the last record count.
    ///
    /// @param by what decides which record that is, a column too
    ArchivedTable last(Field<?> by, Field<?>... others) {
        return with(by, others, false);
    }

    private ArchivedTable with(Field<?> by, Field<?>[] others, boolean isFirst) {
        List<Column<?>> all = new ArrayList<>(columns);
        all.add(new Column<>(by, by, isFirst));
        for (Field<?> other : others) {
            all.add(new Column<>(other, by, isFirst));
        }
        return new ArchivedTable(table, keys, all);
    }

    public Table<Record> table() {
        return table;
    }

    public List<Field<?>> keys() {
        return keys;
    }

    /// Returns all columns, the keys first.
    public List<Field<?>> fields() {
        List<Field<?>> all = new ArrayList<>(keys);
        columns.forEach(column -> all.add(column.field()));
        return all;
    }

    /// Returns the statement that writes a row, with a placeholder for each of [#fields()], in their order.
    public Query upsert(DSLContext sql) {
        List<Field<?>> fields = fields();
        if (sql.family() == SQLDialect.POSTGRES) {
            // Not MERGE, which fails if another transaction writes a new row at the same time.
            return sql.insertInto(table)
                    .columns(fields)
                    .values(fields.stream().map(ArchivedTable::placeholder).toList())
                    .onConflict(keys)
                    .doUpdate()
                    .set(updates(new Excluded()));
        }
        Table<Record> given = DSL.select(fields.stream()
                        .map(field -> placeholder(field).as(field.getName()))
                        .toList())
                .asTable("given");
        return sql.mergeInto(table)
                .using(given)
                .on(DSL.and(keys.stream().map(key -> isSame(key, given)).toList()))
                .whenMatchedThenUpdate()
                .set(updates(new OfTable(given)))
                .whenNotMatchedThenInsert(fields)
                .values(fields.stream().map(field -> in(given, field)).toList());
    }

    private static <T> Field<T> placeholder(Field<T> field) {
        return DSL.val((T) null, field.getDataType());
    }

    private static <T> Condition isSame(Field<T> key, Table<Record> given) {
        return key.eq(in(given, key));
    }

    private static <T> Field<T> in(Table<Record> given, Field<T> field) {
        return DSL.field(DSL.name(given.getName(), field.getName()), field.getDataType());
    }

    /// How a column of the row that is written is called in the statement.
    private interface Given {
        <T> Field<T> of(Field<T> field);
    }

    private record Excluded() implements Given {
        @Override
        public <T> Field<T> of(Field<T> field) {
            return DSL.excluded(field);
        }
    }

    private record OfTable(Table<Record> given) implements Given {
        @Override
        public <T> Field<T> of(Field<T> field) {
            return in(given, field);
        }
    }

    private Map<Field<?>, Field<?>> updates(Given given) {
        Map<Field<?>, Field<?>> updates = new LinkedHashMap<>();
        columns.forEach(column -> updates.put(column.field(), kept(column, given)));
        return updates;
    }

    private static <T> Field<T> kept(Column<T> column, Given given) {
        return DSL.when(isBetter(column.by(), given, column.isFirst()), given.of(column.field()))
                .otherwise(column.field());
    }

    private static <B> Condition isBetter(Field<B> by, Given given, boolean isFirst) {
        Field<B> then = given.of(by);
        return then.isNotNull().and(by.isNull().or(isFirst ? then.lt(by) : then.gt(by)));
    }

    /// Returns a row with the values that count of two rows with the same key.
    ///
    /// @param before by column; a missing column has no value
    public Map<Field<?>, Object> merge(Map<Field<?>, Object> before, Map<Field<?>, Object> then) {
        Map<Field<?>, Object> merged = new LinkedHashMap<>(before);
        for (Column<?> column : columns) {
            if (isBetter(then.get(column.by()), before.get(column.by()), column.isFirst())) {
                Object value = then.get(column.field());
                if (value == null) {
                    merged.remove(column.field());
                } else {
                    merged.put(column.field(), value);
                }
            }
        }
        return merged;
    }

    @SuppressWarnings("unchecked") // values of one column have one type
    private static boolean isBetter(@Nullable Object given, @Nullable Object known, boolean isFirst) {
        if (given == null || known == null) {
            return given != null;
        }
        int order = ((Comparable<Object>) given).compareTo(known);
        return isFirst ? order < 0 : order > 0;
    }

    @Override
    public String toString() {
        return table.getName();
    }
}
