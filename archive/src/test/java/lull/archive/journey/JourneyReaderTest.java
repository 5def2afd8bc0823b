package lull.archive.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import lull.archive.WrittenRecords;
import lull.archive.rows.RecordToRows;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.Databases;
import lull.archive.schema.Tables;
import lull.archive.write.RowWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Any id leads to its journey, on both databases, in the records that a version of Lull has written.
final class JourneyReaderTest {

    private static final String MESSAGE = "wamid.HBgLMTU1NTAwMDEwMDEVAgASGBQzQTd1";
    private static final String TURN = "whatsapp.message.received-1-0";
    private static final String CONTACT = "1d37aca6-4317-4743-b32f-cbe067bce314";
    private static final String REPLY = "2c1437dc-8eb5-4929-8711-033df225da41";
    private static final String JOINED = "join-5d41402a-bc4b-3a76-b971-9d911017c592";
    private static final String SENT = "wamid.HQMxNTU1MDAwMTAwMhUCABEYIDZBMzI2QkE5M0UwRDQxNUJBNTdBNzJBOTJEODUzMzNEAA==";

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void everyIdOfAMessageLeadsToItsJourney(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            JourneyReader journeys = filled(database);

            for (String id : List.of(MESSAGE, TURN, CONTACT)) {
                assertThat(steps(journeys.ofId(id)))
                        .as(id)
                        .contains("message_received", "turn_closed", "chat_opened", "part_accepted", "dead_letter");
            }
            assertThat(steps(journeys.ofId(MESSAGE))).contains("dead_letter_replayed", "application_answered");
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void everyIdOfAReplyLeadsToItsJourney(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            JourneyReader journeys = filled(database);

            for (String id : List.of(
                    REPLY,
                    SENT,
                    "6A326BA93E0D415BA57A72A92D85333D",
                    "1|" + REPLY + "|100000000000001|15550001001",
                    CONTACT)) {
                assertThat(steps(journeys.ofId(id)))
                        .as(id)
                        .contains(
                                "reply_requested",
                                "reply_intended",
                                "reply_sent",
                                "reply_refused",
                                "reply_doubted",
                                "reply_reported",
                                "status_received");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void aTextThatWasJoinedLeadsToTheMessageThatCarriedItAndBack(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            JourneyReader journeys = filled(database);

            for (String id : List.of("m-10", JOINED)) {
                assertThat(steps(journeys.ofId(id)))
                        .as(id)
                        .contains("reply_requested", "reply_joined", "reply_intended");
            }
            assertThat(database.sql()
                            .select(Tables.Message.BODY)
                            .from(Tables.Message.TABLE)
                            .where(Tables.Message.MESSAGE_ID.in("m-10", "m-11", JOINED))
                            .orderBy(Tables.Message.HAPPENED_AT)
                            .fetch(Tables.Message.BODY))
                    .containsExactly("One moment", "It is paid");
            assertThat(database.sql()
                            .select(Tables.ReplyPart.JOINED_INTO)
                            .from(Tables.ReplyPart.TABLE)
                            .where(Tables.ReplyPart.REPLY_ID.eq("m-10"))
                            .fetch(Tables.ReplyPart.JOINED_INTO))
                    .containsExactly(JOINED);
            assertThat(database.sql()
                            .select(Tables.ConnectCharge.CONNECT_ID)
                            .from(Tables.ConnectCharge.TABLE)
                            .where(Tables.ConnectCharge.CONNECT_ID.in("m-10", "m-11", JOINED))
                            .orderBy(Tables.ConnectCharge.CONNECT_ID)
                            .fetch(Tables.ConnectCharge.CONNECT_ID))
                    .containsExactly("m-10", "m-11");
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void showsStepsInOrderWithTheirPlaces(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            Journey journey = filled(database).ofId(MESSAGE);

            assertThat(journey.isWhole()).isTrue();
            assertThat(journey.steps().stream().map(JourneyStep::at).toList()).isSorted();
            assertThat(journey.steps())
                    .anyMatch(step ->
                            step.topic().equals("whatsapp.turn.closed") && step.partition() == 1 && step.offset() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void showsACustomerInATime(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            JourneyReader journeys = filled(database);

            assertThat(journeys.ofCustomer("15550001001", Instant.EPOCH, Instant.ofEpochSecond(4_000_000_000L))
                            .steps())
                    .isNotEmpty();
            assertThat(journeys.ofCustomer("15550001001", Instant.EPOCH, Instant.EPOCH)
                            .steps())
                    .isEmpty();
            assertThat(journeys.ofId("nothing").steps()).isEmpty();
        }
    }

    private static List<String> steps(Journey journey) {
        return journey.steps().stream().map(JourneyStep::step).distinct().toList();
    }

    private static JourneyReader filled(ArchiveDatabase database) {
        var records = WrittenRecords.all();
        assertThat(new RowWriter(database, new RecordToRows(WrittenRecords.TOPICS))
                        .write(records, WrittenRecords.next(records))
                        .records())
                .isEqualTo(records.size());
        return new JourneyReader(database);
    }
}
