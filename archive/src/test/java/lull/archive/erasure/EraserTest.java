package lull.archive.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import lull.archive.WrittenRecords;
import lull.archive.rows.RecordToRows;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.Databases;
import lull.archive.schema.Tables;
import lull.archive.write.RowWriter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// After an erasure the database has nothing of the customer, whatever is read again and in whatever order.
final class EraserTest {

    private static final RecordToRows MAPPING = new RecordToRows(WrittenRecords.TOPICS);

    /// After the records, which are of the year before.
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

    /// The one customer of the written records, with all ids.
    private static final Set<String> ANA = Set.of("15550001001", "US.13491208655302741918");

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void nothingOfTheCustomerIsLeftAndNothingComesBack(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            write(database, WrittenRecords.all());
            Eraser eraser = new Eraser(database, () -> NOW);
            assertThat(mentions(database)).isNotEmpty();

            Eraser.Erased would = eraser.erase(request(true));
            assertThat(mentions(database)).isNotEmpty();
            Eraser.Erased erased = eraser.erase(request(false));

            assertThat(would).isEqualTo(erased);
            assertThat(erased.rows())
                    .containsKeys("conversation", "message", "message_status", "turn", "turn_message", "part", "chat")
                    .containsKeys("reply", "reply_part", "hop", "dead_letter", "customer_alias");
            assertThat(erased.contacts()).isNotEmpty();
            assertThat(mentions(database)).isEmpty();
            assertThat(eraser.erase(request(true)).rows()).isEmpty();
            for (long seed = 1; seed <= 3; seed++) {
                rewind(database);
                List<ConsumerRecord<byte[], byte[]>> again = shuffled(seed);
                assertThat(write(database, again).erased()).as("seed " + seed).isPositive();
                assertThat(mentions(database)).as("seed " + seed).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void whatWasNotReadYetIsNotArchivedLater(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            new Eraser(database, () -> NOW).erase(request(false));

            write(database, WrittenRecords.all());

            assertThat(mentions(database)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void whatTheCustomerWritesAfterwardsIsArchived(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            Instant before = Instant.parse("2020-01-01T00:00:00Z");
            new Eraser(database, () -> before).erase(request(false));

            assertThat(write(database, WrittenRecords.all()).erased()).isZero();

            assertThat(mentions(database)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void idsAreRememberedForAWhile(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            write(database, WrittenRecords.all());
            new Eraser(database, () -> NOW).erase(request(false));
            Eraser later =
                    new Eraser(database, () -> NOW.plus(Duration.ofDays(45)).plusSeconds(1));

            later.forget(Duration.ofDays(46));
            assertThat(database.sql().fetchCount(Tables.ErasedId.TABLE)).isPositive();
            later.forget(Duration.ofDays(45));
            assertThat(database.sql().fetchCount(Tables.ErasedId.TABLE)).isZero();
            assertThat(database.sql().fetchCount(Tables.Erasure.TABLE)).isOne();
        }
    }

    private static Eraser.Request request(boolean isDryRun) {
        return new Eraser.Request(ANA, true, isDryRun, "ana's lawyer");
    }

    /// The rows that have an id of the customer, or what the customer wrote. All records have the same key, also
    /// those about topics.
    private static List<String> mentions(ArchiveDatabase database) {
        return Databases.rows(database).stream()
                .filter(row -> !row.startsWith("topic_layout"))
                .filter(row -> ANA.stream().anyMatch(row::contains) || row.contains("Hi, I am Ana"))
                .toList();
    }

    private static void rewind(ArchiveDatabase database) {
        RowWriter writer = new RowWriter(database, MAPPING);
        writer.rewind(List.copyOf(writer.positions().keySet()));
    }

    private static RowWriter.Written write(ArchiveDatabase database, List<ConsumerRecord<byte[], byte[]>> records) {
        return new RowWriter(database, MAPPING).write(records, WrittenRecords.next(records));
    }

    private static List<ConsumerRecord<byte[], byte[]>> shuffled(long seed) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(WrittenRecords.all());
        Collections.shuffle(records, new Random(seed));
        return records;
    }
}
