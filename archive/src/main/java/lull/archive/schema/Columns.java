package lull.archive.schema;

import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Names of tables and columns as jOOQ uses them. Not in [Tables], whose classes need them while they are initialized.
final class Columns {

    private Columns() {}

    static Table<Record> table(String name) {
        return DSL.table(DSL.name(name));
    }

    static <T> Field<T> column(Table<Record> table, String name, DataType<T> type) {
        return DSL.field(DSL.name(table.getName(), name), type);
    }
}
