package lull.aggregator.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PartitionTurnsTest {

    private final MapStore turns = new MapStore();
    private final RecordedEvents events = new RecordedEvents();
    private final InputPolicy policy = InputPolicy.of(TurnPolicy.ofGap(Duration.ofSeconds(1)));
    private final PartitionTurns partition = new PartitionTurns(
            policy, turns, new MapStore(), new TurnWriter("t", 0, policy), new MemoryBudget(1_000_000));

    @Test
    void knowsWhoseAnEntryOfAStoreIs() {
        assertThat(PartitionTurns.conversationOf("1|alice")).contains("1|alice");
        assertThat(PartitionTurns.conversationOf("sender~1|alice")).contains("1|alice");
        assertThat(PartitionTurns.conversationOf("business~1")).isEmpty();
        assertThat(PartitionTurns.conversationOf(PartitionTurns.STATE_KEY)).isEmpty();
    }

    @Test
    void forgetsAConversationUnlessATurnIsOpen() {
        MapStore duplicates = new MapStore();
        PartitionTurns remembering = new PartitionTurns(
                policy, turns, duplicates, new TurnWriter("t", 0, policy), new MemoryBudget(1_000_000));
        for (String key : List.of("1|alice", "sender~1|alice", "1|bob", "sender~1|bob")) {
            duplicates.put(key, SeenMessages.of(null).with(7, 1_000).toBytes());
        }
        turns.put(
                "1|bob",
                OpenTurn.open(7, 1, new byte[0], 1_000, 1_000, 1_000, 30_000, null)
                        .toBytes());
        remembering.restore();

        events.add(remembering.erase(1_001, "1|alice"));
        events.add(remembering.erase(1_002, "1|bob"));

        assertThat(duplicates.get("1|alice")).isNull();
        assertThat(duplicates.get("sender~1|alice")).isNull();
        assertThat(duplicates.get("1|bob")).isNotNull();
        assertThat(duplicates.get("sender~1|bob")).isNotNull();
        assertThat(remembering.open()).isOne();
    }

    @Test
    void hasNothingToDoWhileNothingIsOpen() {
        events.add(partition.tick(1_000));

        assertThat(partition.dueIn()).isEmpty();
        assertThat(partition.open()).isZero();
    }

    @Test
    void handsATurnThatCannotBeWrittenToTheDeadLettersInsteadOfFailingForEver() {
        byte[] unreadable = "no longer json".getBytes(StandardCharsets.UTF_8);
        turns.put(
                "1|alice",
                OpenTurn.open(7, 1, unreadable, 1_000, 1_000, 1_000, 30_000, null)
                        .toBytes());
        partition.restore();

        events.add(partition.tick(1_900));
        events.add(partition.tick(2_200));

        assertThat(events.unwritable).hasSize(1);
        assertThat(events.unwritable.getFirst().frames().getFirst().bytes()).isEqualTo(unreadable);
        assertThat(partition.open()).isZero();
        assertThat(turns.get("1|alice")).isNull();
    }

    @Test
    void settlesAgainWhenTheLogHasAnotherHoleBeforeItHasSettled() {
        turns.put(
                "1|alice",
                OpenTurn.open(7, 1, new byte[0], 1_000, 1_000, 1_000, 30_000, null)
                        .toBytes());
        partition.restore();
        events.add(partition.tick(1_000));

        events.add(partition.tick(10_000));
        events.add(partition.tick(20_000));

        assertThat(events.holes).isEqualTo(2);
        assertThat(partition.open()).isEqualTo(1);
        events.add(partition.tick(21_501));
        assertThat(partition.open()).isZero();
    }

    @Test
    void endsNothingByAProbeAndKeepsItsTime() {
        turns.put(
                "1|alice",
                OpenTurn.open(7, 1, new byte[0], 1_000, 1_000, 1_000, 30_000, null)
                        .toBytes());
        partition.restore();
        events.add(partition.tick(1_000));

        partition.probe(2_300);
        assertThat(partition.open()).isEqualTo(1);
        partition.restore();
        assertThat(partition.now()).isEqualTo(2_300);

        events.add(partition.tick(2_310));
        assertThat(partition.open()).isZero();
    }

    @Test
    void findsTheHoleBehindAProbeWhoseAcknowledgementWaited() {
        turns.put(
                "1|alice",
                OpenTurn.open(7, 1, new byte[0], 1_000, 1_000, 1_000, 30_000, null)
                        .toBytes());
        partition.restore();
        events.add(partition.tick(1_000));

        partition.probe(2_001);
        events.add(partition.tick(9_000));

        assertThat(events.holes).isEqualTo(1);
        assertThat(partition.open()).isEqualTo(1);
    }

    @Test
    void findsNoHoleWhereNothingWasDueSinceTheLogHadSettled() {
        InputPolicy.HolePolicy rule = InputPolicy.HolePolicy.DEFAULT;
        LogClock settles = LogClock.START.advance(10_000).settle(1_000, rule);
        assertThat(settles.settleUntil()).isEqualTo(11_500);

        // Whoever wrote while it settled has moved the earliest deadline, and nobody ticks before that.
        assertThat(settles.advance(13_000).settle(12_999, rule).settling()).isFalse();
        assertThat(settles.advance(13_500).settle(12_999, rule).settling()).isTrue();
    }

    @Test
    void neverGoesBackAndDoesNotStandStillAfterAClockWasWrong() {
        LogClock clock = LogClock.START.advance(10_000).advance(5_000).advance(5_100);

        assertThat(clock.now()).isEqualTo(10_100);
    }

    @Test
    void believesReceiveTimesOnlyAsFarAsTheyCanBeTrue() {
        LogClock clock = LogClock.START.advance(100_000);

        assertThat(clock.clampReceived(99_000, 10_000)).isEqualTo(99_000);
        assertThat(clock.clampReceived(0, 10_000)).isEqualTo(85_000);
        assertThat(clock.clampReceived(900_000, 10_000)).isEqualTo(105_000);
    }
}
