package lull.archive.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import lull.archive.WrittenRecords;
import lull.archive.rows.RecordToRows;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.Databases;
import lull.archive.schema.Tables;
import lull.archive.schema.Tables.AccountEvent;
import lull.archive.schema.Tables.Conversation;
import lull.archive.schema.Tables.Message;
import lull.archive.schema.Tables.MessageFile;
import lull.archive.write.RowWriter;
import lull.media.MediaBytes;
import lull.media.MediaStore;
import lull.standins.postgres.PostgresServer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// After an erasure the database has nothing of the customer, whatever is read again and in whatever order.
final class EraserTest {

    private static final RecordToRows MAPPING = new RecordToRows(WrittenRecords.TOPICS);

    /// After the records, which are of the year before.
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

    private static final String OWN = "aa".repeat(32);
    private static final String SHARED = "bb".repeat(32);

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
                    .containsKeys("reply", "reply_part", "hop", "dead_letter", "customer_alias", "message_file");
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

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void othersInTheSameGroupKeepEverything(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            conversation(database, "1|group:5", "group:5", "15550002222", "US.222222");
            conversation(database, "1|US.222222", "US.222222", "15550002222", "US.222222");
            message(database, "a", "1|group:5", "in", "US.111111");
            message(database, "b", "1|group:5", "in", "US.222222");
            message(database, "c", "1|group:5", "out", "US.222222");
            message(database, "d", "1|US.222222", "in", "US.222222");

            Eraser.Erased erased = new Eraser(database, () -> NOW)
                    .erase(new Eraser.Request(Set.of("US.222222", "15550002222"), false, "dana"));

            assertThat(erased.related()).isEmpty();
            assertThat(messages(database)).containsExactly("a", "c");
            assertThat(Databases.rows(database))
                    .filteredOn(row -> row.startsWith("conversation "))
                    .singleElement()
                    .asString()
                    .contains("group:5", "phone=null", "user_id=null");
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void whoHasTheNumberNowKeepsEverything(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            conversation(database, "1|US.111111", "US.111111", "15550001111", "US.111111");
            conversation(database, "1|US.222222", "US.222222", "15550001111", "US.222222");
            message(database, "a", "1|US.111111", "in", "US.111111");
            message(database, "b", "1|US.222222", "in", "US.222222");
            Eraser eraser = new Eraser(database, () -> NOW);

            assertThat(eraser.erase(new Eraser.Request(Set.of("15550001111"), true, "dana"))
                            .related())
                    .containsExactly("US.111111", "US.222222");
            eraser.erase(new Eraser.Request(Set.of("15550001111", "US.111111"), false, "dana"));

            assertThat(messages(database)).containsExactly("b");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "{\"text\":\"call\\n15550001111.\"} # true",
                "{\"to\":\"15550001111\"} # true",
                "{\"url\":\"https://wa.me/15550001111\"} # true",
                "{\"id\":\"US.111111\"} # true",
                "{\"to\":\"155500011112\"} # false",
                "{\"to\":\"x15550001111\"} # false",
                "{\"id\":\"US.1111112\"} # false"
            })
    void accountEventsGoThatNameTheCustomer(String raw, boolean isOfCustomer) {
        try (ArchiveDatabase database = Databases.h2()) {
            database.sql()
                    .insertInto(AccountEvent.TABLE)
                    .columns(
                            AccountEvent.LOG_TOPIC,
                            AccountEvent.LOG_PARTITION,
                            AccountEvent.LOG_OFFSET,
                            AccountEvent.RAW)
                    .values("t", 0, 1L, raw)
                    .execute();

            Map<String, Long> rows = new Eraser(database, () -> NOW)
                    .erase(new Eraser.Request(Set.of("15550001111", "US.111111"), false, "dana"))
                    .rows();

            assertThat(rows).isEqualTo(isOfCustomer ? Map.of("account_event", 1L) : Map.of());
        }
    }

    @Test
    void anErasureWaitsForAWriterThatHasBegun() throws Exception {
        assumeTrue(PostgresServer.isInstalled(), "needs a PostgreSQL server");
        try (ArchiveDatabase database = Databases.postgres();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Eraser.Erased> erasure = database.sql().transactionResult(writer -> {
                // As the first batch of a partition does, of which the database has no offset yet.
                ErasedIds.without(writer.dsl(), List.of());
                Future<Eraser.Erased> begun =
                        threads.submit(() -> new Eraser(database, () -> NOW).erase(request(false)));
                await().until(() -> isBlocked(database));
                writer.dsl()
                        .insertInto(Message.TABLE)
                        .columns(Message.MESSAGE_ID, Message.DIRECTION, Message.SENDER)
                        .values("a", "in", "15550001001")
                        .execute();
                return begun;
            });

            assertThat(erasure.get(1, TimeUnit.MINUTES).rows()).isEqualTo(Map.of("message", 1L));
            assertThat(messages(database)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void filesAreDeletedUnlessAMessageOfSomebodyElseHasTheSameBytes(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            TestStore store = new TestStore(OWN, SHARED);
            ErasedFiles files = new ErasedFiles(database, Optional.of(store), () -> store.isUpToDate);
            conversation(database, "1|US.222222", "US.222222", "15550002222", "US.222222");
            file(database, "a", "1|US.222222", OWN);
            file(database, "b", "1|US.222222", SHARED);
            file(database, "c", "1|US.111111", SHARED);
            Set<String> ids = Set.of("US.222222", "15550002222");

            Eraser.Erased would = new Eraser(database, () -> NOW).erase(new Eraser.Request(ids, true, "dana"));
            assertThat(files.delete()).isZero();
            assertThat(store.files).containsExactly(OWN, SHARED);
            Eraser.Erased erased = new Eraser(database, () -> NOW).erase(new Eraser.Request(ids, false, "dana"));

            assertThat(would).isEqualTo(erased);
            assertThat(erased.files()).containsExactly(OWN);
            assertThat(erased.sharedFiles()).containsExactly(SHARED);
            store.isUpToDate = false;
            assertThat(files.delete()).isOne();
            store.isUpToDate = true;
            store.isAway = true;
            assertThat(files.delete()).isOne();
            store.isAway = false;
            assertThat(files.delete()).isZero();
            assertThat(store.files).containsExactly(SHARED);
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void aFileThatSomebodyElseHasSentSinceIsNotDeleted(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            TestStore store = new TestStore(OWN);
            ErasedFiles files = new ErasedFiles(database, Optional.of(store), () -> true);
            conversation(database, "1|US.222222", "US.222222", "15550002222", "US.222222");
            file(database, "a", "1|US.222222", OWN);
            new Eraser(database, () -> NOW)
                    .erase(new Eraser.Request(Set.of("US.222222", "15550002222"), false, "dana"));
            file(database, "c", "1|US.111111", OWN);

            assertThat(files.delete()).isZero();
            assertThat(store.files).containsExactly(OWN);
        }
    }

    /// As when the archive is rebuilt, or had not read the record of the file yet.
    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void filesOfRecordsThatAreReadAfterTheErasureAreDeletedToo(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            String digest = digestOfTheFile();
            TestStore store = new TestStore(digest, OWN);
            ErasedFiles files = new ErasedFiles(database, Optional.of(store), () -> true);
            new Eraser(database, () -> NOW).erase(request(false));

            write(database, WrittenRecords.all());

            assertThat(files.left()).isPositive();
            assertThat(files.delete()).isZero();
            assertThat(store.files).containsExactly(OWN);
        }
    }

    /// The digest of the file that the written records have.
    private static String digestOfTheFile() {
        try (ArchiveDatabase database = Databases.h2()) {
            write(database, WrittenRecords.all());
            List<String> digests = database.sql()
                    .selectDistinct(MessageFile.SHA256)
                    .from(MessageFile.TABLE)
                    .fetch(MessageFile.SHA256);
            assertThat(digests).hasSize(1);
            return digests.getFirst();
        }
    }

    private static void file(ArchiveDatabase database, String message, String conversation, String sha256) {
        database.sql()
                .insertInto(MessageFile.TABLE)
                .columns(MessageFile.MESSAGE_ID, MessageFile.CONVERSATION, MessageFile.SHA256)
                .values(message, conversation, sha256)
                .execute();
    }

    /// A store that has digests only, and fails on demand.
    private static final class TestStore implements MediaStore {
        private final Set<String> files = new TreeSet<>();
        private boolean isAway;
        private boolean isUpToDate = true;

        TestStore(String... digests) {
            files.addAll(List.of(digests));
        }

        @Override
        public Optional<String> put(String sha256, MediaBytes bytes) {
            throw new AssertionError("The archive puts nothing");
        }

        @Override
        public Opened open(String sha256) {
            throw new AssertionError("An erasure opens nothing");
        }

        @Override
        public Optional<String> delete(String sha256) {
            if (isAway) {
                return Optional.of("away");
            }
            files.remove(sha256);
            return Optional.empty();
        }

        @Override
        public Optional<String> problem() {
            return Optional.empty();
        }
    }

    private static boolean isBlocked(ArchiveDatabase database) {
        return database.sql()
                .fetchExists(DSL.selectOne()
                        .from(DSL.table(DSL.name("pg_stat_activity")))
                        .where(DSL.field(DSL.name("datname"), String.class)
                                .eq(DSL.field("current_database()", String.class)))
                        .and(DSL.field(DSL.name("wait_event_type"), String.class)
                                .eq("Lock")));
    }

    private static void conversation(
            ArchiveDatabase database, String key, String customer, String phone, String userId) {
        database.sql()
                .insertInto(Conversation.TABLE)
                .columns(
                        Conversation.CONVERSATION,
                        Conversation.BUSINESS_NUMBER,
                        Conversation.CUSTOMER,
                        Conversation.PHONE,
                        Conversation.USER_ID)
                .values(key, "1", customer, phone, userId)
                .execute();
    }

    private static void message(
            ArchiveDatabase database, String id, String conversation, String direction, String sender) {
        database.sql()
                .insertInto(Message.TABLE)
                .columns(Message.MESSAGE_ID, Message.CONVERSATION, Message.DIRECTION, Message.SENDER)
                .values(id, conversation, direction, sender)
                .execute();
    }

    private static List<String> messages(ArchiveDatabase database) {
        return database.sql()
                .select(Message.MESSAGE_ID)
                .from(Message.TABLE)
                .orderBy(Message.MESSAGE_ID)
                .fetch(Message.MESSAGE_ID);
    }

    private static Eraser.Request request(boolean isDryRun) {
        return new Eraser.Request(ANA, isDryRun, "ana's lawyer");
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
