package lull.archive.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.Databases;
import lull.archive.schema.Tables.Part;
import lull.archive.schema.Tables.Turn;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TotalsReaderTest {

    private static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant NEXT = Instant.parse("2026-03-02T00:00:00Z");

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void countsMessagesOfTurnsThatReachedAnAgentAndTheirParts(Databases.Kind kind) {
        try (ArchiveDatabase database = kind.open()) {
            turn(database, "one", 4);
            part(database, "one", 0, true, DAY);
            // Of two parts, the last of which is on the next day.
            turn(database, "split", 3);
            part(database, "split", 0, false, NEXT.minusMillis(1));
            part(database, "split", 1, true, NEXT);
            // One by one a long text is as many chat messages.
            turn(database, "long", 1);
            part(database, "long", 0, false, DAY);
            part(database, "long", 1, true, DAY);
            turn(database, "to an application", 9);
            turn(database, "before", 9);
            part(database, "before", 0, true, DAY.minusMillis(1));
            TotalsReader reader = new TotalsReader(database);

            assertThat(reader.of(DAY, NEXT)).isEqualTo(new TotalsView(2, 5, 6, 4));
            assertThat(reader.of(NEXT, NEXT.plusSeconds(86_400))).isEqualTo(new TotalsView(1, 3, 3, 1));
            assertThat(reader.of(Instant.EPOCH, Instant.EPOCH.plusSeconds(1))).isEqualTo(new TotalsView(0, 0, 0, 0));
        }
    }

    private static void turn(ArchiveDatabase database, String id, int messages) {
        database.sql()
                .insertInto(Turn.TABLE)
                .columns(Turn.TURN_ID, Turn.MESSAGES)
                .values(id, messages)
                .execute();
    }

    private static void part(ArchiveDatabase database, String turn, int number, boolean isLast, Instant at) {
        database.sql()
                .insertInto(Part.TABLE)
                .columns(
                        Part.TURN_ID,
                        Part.ITEM_NUMBER,
                        Part.PART_NUMBER,
                        Part.DEAD_LETTER,
                        Part.IS_LAST,
                        Part.ACCEPTED_AT)
                .values(turn, 0, number, "", isLast, at)
                .execute();
    }
}
