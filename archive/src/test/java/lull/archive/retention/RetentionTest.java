package lull.archive.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import lull.archive.WrittenRecords;
import lull.archive.retention.Retention.Options;
import lull.archive.rows.RecordToRows;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.Databases;
import lull.archive.schema.Tables;
import lull.archive.write.RowWriter;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is too old goes, on both databases, and all else stays.
final class RetentionTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant LATER = Instant.ofEpochSecond(4_000_000_000L);
    private static final int SLICE = 2;

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void deletesWhatIsTooOldInSlices(Databases.Kind kind) throws Exception {
        try (ArchiveDatabase database = kind.open()) {
            fill(database);

            retention(database, new Options(DAY, Map.of(), Map.of(), DAY, SLICE))
                    .run();

            Retention.times()
                    .forEach((table, time) -> assertThat(count(database, time.isNotNull(), table))
                            .as(table)
                            .isZero());
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void tablesAndKindsHaveTheirOwnTimes(Databases.Kind kind) throws Exception {
        try (ArchiveDatabase database = kind.open()) {
            fill(database);
            int hops = count(database, Tables.Hop.STEP.isNotNull(), "hop");
            int texts = count(database, Tables.Message.KIND.eq("text"), "message");
            Duration years = Duration.between(Instant.EPOCH, LATER);

            retention(database, new Options(DAY, Map.of("hop", years), Map.of("text", years), DAY, SLICE))
                    .run();

            assertThat(count(database, Tables.Hop.STEP.isNotNull(), "hop")).isEqualTo(hops);
            assertThat(count(database, Tables.Message.KIND.eq("text"), "message"))
                    .isEqualTo(texts)
                    .isPositive();
            assertThat(count(database, Tables.Message.KIND.ne("text"), "message"))
                    .isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void rowsThatNameKeptFilesStayAsLongAsTheFiles(Databases.Kind kind) throws Exception {
        try (ArchiveDatabase database = kind.open()) {
            fill(database);
            int files = count(database, DSL.trueCondition(), "message_file");
            Duration years = Duration.between(Instant.EPOCH, LATER);

            retention(database, new Options(DAY, Map.of("message_file", DAY), Map.of(), years, SLICE))
                    .run();

            assertThat(count(database, DSL.trueCondition(), "message_file"))
                    .isEqualTo(files)
                    .isPositive();
        }
    }

    private static int count(ArchiveDatabase database, Condition condition, String table) {
        return database.sql()
                .fetchCount(
                        Tables.all().stream()
                                .filter(each -> each.toString().equals(table))
                                .findFirst()
                                .orElseThrow()
                                .table(),
                        condition);
    }

    private static Retention retention(ArchiveDatabase database, Options options) {
        return new Retention(database, options, () -> LATER, new SimpleMeterRegistry());
    }

    private static void fill(ArchiveDatabase database) {
        var records = WrittenRecords.all();
        assertThat(new RowWriter(database, new RecordToRows(WrittenRecords.TOPICS))
                        .write(records, WrittenRecords.next(records))
                        .records())
                .isEqualTo(records.size());
    }
}
