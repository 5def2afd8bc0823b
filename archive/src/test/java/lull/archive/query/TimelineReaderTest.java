package lull.archive.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import lull.archive.WrittenRecords;
import lull.archive.query.TimelineReader.Filter;
import lull.archive.rows.RecordToRows;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.Databases;
import lull.archive.schema.Tables.Conversation;
import lull.archive.schema.Tables.Message;
import lull.archive.write.RowWriter;
import lull.contract.json.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TimelineReaderTest {

    private static final Instant BEGIN = Instant.ofEpochSecond(1_772_500_000);
    private static final Filter ALL = filter(Optional.empty(), 1);
    private static final int CONVERSATIONS = 24;

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void hasEachMessageOnceInItsOrderWhateverEndsAPage(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            fill(database);
            List<TimelineView> whole = read(new TimelineReader(database), ALL, PageRequest.MAX);

            assertThat(whole).hasSize(CONVERSATIONS).allSatisfy(each -> {
                assertThat(each.messages()).hasSize(3);
                assertThat(each.messages().stream().map(TimelineView.Line::at).toList())
                        .isSorted();
            });
            for (int lookedThrough : List.of(1, 7, 1_000)) {
                for (int messages : List.of(3, 10, 1_000)) {
                    for (int limit : List.of(1, 5)) {
                        assertThat(read(new TimelineReader(database, lookedThrough, messages), ALL, limit))
                                .as("%s conversations, %s messages, limit %s", lookedThrough, messages, limit)
                                .isEqualTo(whole);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void saysWhatWasWrittenInWhichChatByWhomWithoutItsWords(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            var records = WrittenRecords.all();
            new RowWriter(database, new RecordToRows(WrittenRecords.TOPICS))
                    .write(records, WrittenRecords.next(records));

            List<TimelineView> read = read(
                    new TimelineReader(database),
                    new Filter(Optional.empty(), Instant.EPOCH, Instant.parse("2030-01-01T00:00:00Z"), 1),
                    50);

            assertThat(read.stream()
                            .flatMap(each -> each.messages().stream())
                            .flatMap(line -> Stream.ofNullable(line.inChat()))
                            .filter(said -> said.characters() == "One moment".length()))
                    .filteredOn(said -> said.at().equals(Instant.parse("2026-03-02T09:15:02Z")))
                    .isNotEmpty();
            List<TimelineView.InChat> joined = read.stream()
                    .flatMap(each -> each.messages().stream())
                    .flatMap(line -> Stream.ofNullable(line.inChat()))
                    .filter(said -> said.characters() == 10)
                    .toList();
            assertThat(joined)
                    .extracting(TimelineView.InChat::author)
                    .containsOnly(joined.getFirst().author());
            assertThat(Json.text(read)).doesNotContain("One moment").doesNotContain("\"c-1\"");
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void hasTheTimeOfTheLogAndTextsOfCustomersOnlyAndNoIds(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            fill(database);

            List<TimelineView> read = read(new TimelineReader(database), filter(Optional.of("n1"), 1), 5);

            assertThat(read)
                    .hasSize(CONVERSATIONS / 2)
                    .allSatisfy(each -> assertThat(each.businessNumber()).isEqualTo("n1"));
            assertThat(read.getFirst().messages())
                    .extracting(TimelineView.Line::direction)
                    .containsExactly("in", "in", "out");
            assertThat(read.getFirst().messages().get(0).at())
                    .as("the version has the time of the log, which is 5 ms later")
                    .isEqualTo(BEGIN.plusSeconds(23 * 100).plusMillis(5));
            assertThat(read.getFirst().messages().get(1).at())
                    .as("of an earlier version without one")
                    .isEqualTo(BEGIN.plusSeconds(23 * 100 + 1));
            assertThat(Json.text(read))
                    .contains("hello")
                    .doesNotContain("answer")
                    .doesNotContain("customer")
                    .doesNotContain("wamid");
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void aShareHasWholeConversationsThatAreInEveryLargerOneToo(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            fill(database);
            TimelineReader reader = new TimelineReader(database);

            List<TimelineView> half = read(reader, filter(Optional.empty(), 0.5), 3);
            List<TimelineView> quarter = read(reader, filter(Optional.empty(), 0.25), 3);

            assertThat(half).hasSizeBetween(1, CONVERSATIONS - 1).containsAll(quarter);
            assertThat(quarter).hasSizeLessThan(half.size());
            assertThat(read(reader, ALL, 500)).containsAll(half);
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void hasTheNewestMessagesOfTheTimeThatIsWanted(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            fill(database);

            assertThat(read(new TimelineReader(database, 1_000, 1), ALL, 500))
                    .hasSize(CONVERSATIONS)
                    .allSatisfy(each -> assertThat(each.messages())
                            .extracting(TimelineView.Line::direction)
                            .containsExactly("out"));
            assertThat(read(
                            new TimelineReader(database),
                            new Filter(Optional.empty(), BEGIN.plusSeconds(100), BEGIN.plusSeconds(201), 1),
                            500))
                    .extracting(each -> each.messages().size())
                    .containsExactly(1, 3);
        }
    }

    /// Each conversation has two messages and an answer, a second apart.
    private static void fill(ArchiveDatabase database) {
        for (int number = 0; number < CONVERSATIONS; number++) {
            String key = "n" + number % 2 + "|customer" + number;
            Instant at = BEGIN.plusSeconds(number * 100L);
            database.sql()
                    .insertInto(Conversation.TABLE)
                    .columns(
                            Conversation.CONVERSATION,
                            Conversation.BUSINESS_NUMBER,
                            Conversation.CUSTOMER,
                            Conversation.LAST_ACTIVITY_AT)
                    .values(key, "n" + number % 2, "customer" + number, at.plusSeconds(2))
                    .execute();
            message(database, key, number + "a", at, "in", String.format("%015d%036d", at.toEpochMilli() + 5, 7));
            message(database, key, number + "b", at.plusSeconds(1), "in", null);
            message(database, key, number + "c", at.plusSeconds(2), "out", "unreadable");
        }
    }

    private static void message(
            ArchiveDatabase database, String key, String id, Instant at, String direction, @Nullable String version) {
        database.sql()
                .insertInto(Message.TABLE)
                .columns(
                        Message.MESSAGE_ID,
                        Message.CONVERSATION,
                        Message.DIRECTION,
                        Message.KIND,
                        Message.BODY,
                        Message.FIRST_VERSION,
                        Message.HAPPENED_AT)
                .values("wamid." + id, key, direction, "text", direction.equals("in") ? "hello" : "answer", version, at)
                .execute();
    }

    private static Filter filter(Optional<String> number, double share) {
        return new Filter(number, Instant.EPOCH, BEGIN.plusSeconds(1_000_000), share);
    }

    private static List<TimelineView> read(TimelineReader reader, Filter filter, int limit) {
        List<TimelineView> all = new ArrayList<>();
        Optional<Cursor> after = Optional.empty();
        do {
            Page<?> page = reader.page(filter, new PageRequest(limit, after));
            page.items().forEach(item -> all.add((TimelineView) Objects.requireNonNull(item)));
            after = Optional.ofNullable(page.next())
                    .map(next -> Cursor.parse(next, 1).orElseThrow());
        } while (after.isPresent());
        return all;
    }
}
