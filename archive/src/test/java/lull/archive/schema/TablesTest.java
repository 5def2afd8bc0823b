package lull.archive.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the constants of tables and columns to the schema as it was migrated.
final class TablesTest {

    private static final List<String> NOT_OURS = List.of("archive_schema_history");

    /// Filled by PostgreSQL itself.
    private static final List<String> GENERATED = List.of("search");

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void namesEveryTableAndColumnWithItsType(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            assertThat(constants()).isEqualTo(migrated(database));
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void everyRowHasAllColumnsOfItsTable(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            Map<String, Map<String, String>> migrated = migrated(database);
            for (ArchivedTable table : Tables.all()) {
                assertThat(table.fields().stream().map(Field::getName).collect(Collectors.toSet()))
                        .as(table.toString())
                        .isEqualTo(migrated.getOrDefault(table.toString(), Map.of())
                                .keySet());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void migratesTwice(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            Map<String, Map<String, String>> before = migrated(database);

            database.migrate();

            assertThat(migrated(database)).isEqualTo(before);
        }
    }

    private static Map<String, Map<String, String>> constants() {
        Map<String, Map<String, String>> tables = new TreeMap<>();
        for (Class<?> type : Tables.class.getDeclaredClasses()) {
            Map<String, String> columns = new TreeMap<>();
            String name = Arrays.stream(type.getDeclaredFields())
                    .filter(field -> Table.class.isAssignableFrom(field.getType()))
                    .map(field -> ((Table<?>) value(field)).getName())
                    .findFirst()
                    .orElseThrow();
            Arrays.stream(type.getDeclaredFields())
                    .filter(field -> Field.class.isAssignableFrom(field.getType()))
                    .map(field -> (Field<?>) value(field))
                    .forEach(field -> columns.put(field.getName(), sqlType(field)));
            tables.put(name, columns);
        }
        return tables;
    }

    private static Object value(java.lang.reflect.Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static String sqlType(Field<?> field) {
        return field.getDataType().equals(SQLDataType.INSTANT)
                ? "timestamp with time zone"
                : field.getDataType().getTypeName().replace("varchar", "character varying");
    }

    private static Map<String, Map<String, String>> migrated(ArchiveDatabase database) {
        Map<String, Map<String, String>> tables = new TreeMap<>();
        Field<String> table = DSL.field("table_name", SQLDataType.VARCHAR);
        Field<String> column = DSL.field("column_name", SQLDataType.VARCHAR);
        Field<String> type = DSL.field("data_type", SQLDataType.VARCHAR);
        for (Record row : database.sql()
                .select(table, column, type)
                .from(DSL.table("information_schema.columns"))
                .where(DSL.lower(DSL.field("table_schema", SQLDataType.VARCHAR)).eq("public"))) {
            String name = row.get(table).toLowerCase(Locale.ROOT);
            String of = row.get(column).toLowerCase(Locale.ROOT);
            if (!NOT_OURS.contains(name) && !GENERATED.contains(of)) {
                tables.computeIfAbsent(name, _ -> new TreeMap<>())
                        .put(of, row.get(type).toLowerCase(Locale.ROOT));
            }
        }
        return tables;
    }
}
