package lull.archive.rows;

import java.util.LinkedHashMap;
import java.util.Map;
import lull.archive.schema.ArchivedTable;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/// Row of a table, or a part of one: a column that it does not have stays as it is. Immutable.
///
/// @param values by column, all keys included
public record ArchiveRow(ArchivedTable table, Map<Field<?>, Object> values) {

    public ArchiveRow {
        if (!values.keySet().containsAll(table.keys())) {
            throw new IllegalArgumentException("A row of " + table + " needs all keys");
        }
        values = Map.copyOf(values);
    }

    static Builder of(ArchivedTable table) {
        return new Builder(table);
    }

    /// Columns of a row that is created.
    static final class Builder {
        private final ArchivedTable table;
        private final Map<Field<?>, Object> values = new LinkedHashMap<>();

        private Builder(ArchivedTable table) {
            this.table = table;
        }

        /// Sets a column; null leaves it out.
        <T> Builder set(Field<T> field, @Nullable T value) {
            if (value != null) {
                values.put(field, value);
            }
            return this;
        }

        ArchiveRow build() {
            return new ArchiveRow(table, values);
        }
    }

    @Override
    public String toString() {
        return "ArchiveRow[" + table + "]";
    }
}
