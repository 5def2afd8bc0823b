package lull.archive.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import lull.archive.WrittenRecords;
import lull.archive.query.ArchiveQueries.MessageFilter;
import lull.archive.rows.RecordToRows;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.Databases;
import lull.archive.schema.Tables.Message;
import lull.archive.write.RowWriter;
import lull.contract.KeptFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the archive shows, on both databases, of the records that a version of Lull has written.
final class ArchiveQueriesTest {

    private static final String CONVERSATION = "100000000000001|15550001001";
    private static final String NUMBER = "100000000000001";
    private static final Instant NOW = Instant.ofEpochSecond(1_772_500_000);
    private static final int ALL = PageRequest.MAX;

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void pagesHaveEachEntryOnceNewestFirst(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            ArchiveQueries queries = filled(database);

            for (MessageFilter filter : List.of(
                    filter(Optional.of(CONVERSATION), "", "", ""),
                    filter(Optional.empty(), "", "out", ""),
                    filter(Optional.empty(), "15550001001", "", ""),
                    filter(Optional.empty(), "", "", "text"))) {
                List<MessageView> whole = queries.messages(filter, new PageRequest(ALL, Optional.empty()))
                        .items();
                assertThat(whole).isNotEmpty();
                assertThat(paged(page -> queries.messages(filter, page))).isEqualTo(whole);
                assertThat(whole.stream().map(MessageView::at).toList().reversed())
                        .isSorted();
            }
            assertThat(paged(queries::failures)).isNotEmpty().doesNotHaveDuplicates();
            assertThat(paged(page -> queries.conversations(Optional.of(NUMBER), Optional.empty(), page)))
                    .isNotEmpty()
                    .doesNotHaveDuplicates()
                    .isEqualTo(queries.conversations(
                                    Optional.of(NUMBER), Optional.empty(), new PageRequest(ALL, Optional.empty()))
                            .items());
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void aMessageHasItsKeptFileInListsAndSearches(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            ArchiveQueries queries = filled(database);

            List<MessageView> listed = queries.messages(
                            filter(Optional.of(CONVERSATION), "", "", ""), new PageRequest(ALL, Optional.empty()))
                    .items();
            List<KeptFile> files = listed.stream()
                    .map(MessageView::file)
                    .filter(Objects::nonNull)
                    .toList();

            assertThat(files)
                    .extracting(KeptFile::contentType, KeptFile::bytes, KeptFile::name)
                    .containsExactlyInAnyOrder(
                            tuple("image/jpeg", 48_213L, "parcel.jpg"), tuple("application/pdf", 1_024L, "bill.pdf"));
            // Both messages have it; the reply is the later one.
            String digest = files.getFirst().sha256();
            assertThat(queries.file(digest, Optional.empty()).map(KeptFile::name))
                    .contains("bill.pdf");
            assertThat(queries.file(digest, Optional.of(CONVERSATION))).isPresent();
            assertThat(queries.file(digest, Optional.of("of somebody else"))).isEmpty();
            assertThat(queries.file("00".repeat(32), Optional.empty())).isEmpty();
            MessageFilter named = new MessageFilter(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("bill.pdf"));
            assertThat(queries.messages(named, new PageRequest(ALL, Optional.empty()))
                            .items())
                    .filteredOn(message -> message.id().equals("m-9"))
                    .singleElement()
                    .satisfies(message -> assertThat(files).contains(message.file()));
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void findsMessagesByTheirWords(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            ArchiveQueries queries = filled(database);

            assertThat(texts(queries, "HELLO")).containsOnly("Hello").isNotEmpty();
            assertThat(texts(queries, "ana am")).containsOnly("Hi, I am Ana").isNotEmpty();
            assertThat(texts(queries, "nobody wrote this")).isEmpty();
            assertThat(texts(queries, "'; drop table message; --")).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void aSearchHasTheSamePagesWhetherWordsAreFrequentOrNot(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            for (int number = 0; number < 12; number++) {
                database.sql()
                        .insertInto(Message.TABLE)
                        .columns(Message.MESSAGE_ID, Message.SENDER, Message.BODY, Message.HAPPENED_AT)
                        .values(
                                "m" + number,
                                "s" + number % 3,
                                number % 2 == 0 ? "a word" : "none",
                                NOW.plusSeconds(number / 4))
                        .execute();
            }
            for (int walked : List.of(1, 2, 5, 12, 1_000)) {
                ArchiveQueries queries = new ArchiveQueries(database, () -> NOW, walked);

                assertThat(paged(page -> queries.messages(words("word", Optional.empty()), page)))
                        .as("after %s messages", walked)
                        .extracting(MessageView::id)
                        .containsExactly("m8", "m10", "m6", "m4", "m2", "m0");
                assertThat(paged(page -> queries.messages(words("word", Optional.of("s1")), page)))
                        .extracting(MessageView::id)
                        .containsExactly("m10", "m4");
            }
        }
    }

    private static MessageFilter words(String words, Optional<String> sender) {
        return new MessageFilter(
                Optional.empty(), Optional.empty(), sender, Optional.empty(), Optional.empty(), Optional.of(words));
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void anArchivedConversationStaysSoAfterARebuild(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            ArchiveQueries queries = filled(database);
            assertThat(conversation(queries).archived()).isFalse();

            queries.archive(CONVERSATION, "ana");
            RowWriter writer = new RowWriter(database, new RecordToRows(WrittenRecords.TOPICS));
            writer.rewind(List.copyOf(writer.positions().keySet()));
            fill(database);

            assertThat(conversation(queries).archived()).isTrue();
            assertThat(conversation(queries).archivedBy()).isEqualTo("ana");
            assertThat(conversations(queries, true)).contains(CONVERSATION);
            assertThat(conversations(queries, false)).doesNotContain(CONVERSATION);
            queries.unarchive(CONVERSATION);
            assertThat(conversations(queries, true)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void countsMessagesAfterTheLastReplyUntilTheyAreRead(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            ArchiveQueries queries = filled(database);
            assertThat(conversation(queries).unread()).isPositive();

            queries.read(CONVERSATION);

            assertThat(conversation(queries).unread()).isZero();
        }
    }

    private static List<String> conversations(ArchiveQueries queries, boolean archived) {
        return queries
                .conversations(Optional.empty(), Optional.of(archived), new PageRequest(ALL, Optional.empty()))
                .items()
                .stream()
                .map(ConversationView::conversation)
                .toList();
    }

    private static ConversationView conversation(ArchiveQueries queries) {
        return queries.conversation(CONVERSATION).orElseThrow();
    }

    private static List<String> texts(ArchiveQueries queries, String words) {
        return queries
                .messages(
                        new MessageFilter(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(words)),
                        new PageRequest(ALL, Optional.empty()))
                .items()
                .stream()
                .map(message -> String.valueOf(message.text()))
                .toList();
    }

    private static MessageFilter filter(Optional<String> conversation, String sender, String direction, String kind) {
        return new MessageFilter(
                conversation,
                Optional.empty(),
                Optional.of(sender).filter(text -> !text.isEmpty()),
                Optional.of(direction).filter(text -> !text.isEmpty()),
                Optional.of(kind).filter(text -> !text.isEmpty()),
                Optional.empty());
    }

    private static <T> List<T> paged(Function<PageRequest, Page<T>> list) {
        List<T> all = new ArrayList<>();
        Optional<Cursor> after = Optional.empty();
        do {
            Page<T> page = list.apply(new PageRequest(1, after));
            all.addAll(page.items());
            after = Optional.ofNullable(page.next())
                    .map(next -> Cursor.parse(next, 1)
                            .or(() -> Cursor.parse(next, 2))
                            .orElseThrow());
        } while (after.isPresent());
        return all;
    }

    private static ArchiveQueries filled(ArchiveDatabase database) {
        fill(database);
        return new ArchiveQueries(database, () -> NOW);
    }

    private static void fill(ArchiveDatabase database) {
        var records = WrittenRecords.all();
        assertThat(new RowWriter(database, new RecordToRows(WrittenRecords.TOPICS))
                        .write(records, WrittenRecords.next(records))
                        .records())
                .isEqualTo(records.size());
    }
}
