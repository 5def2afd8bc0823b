package lull.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

final class LanesTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final Assignment assignment = new Assignment(PARTITION, 1, OffsetTracker.fresh());

    @Test
    void runsOneRecordOfAKeyAtATimeInOrder() {
        Lanes lanes = new Lanes(10, 0, 1_000, 1_000_000);
        lanes.add(queued("a", 1, 0, 0), Optional.empty());
        lanes.add(queued("a", 2, 0, 0), Optional.empty());

        QueuedRecord first = take(lanes, 0).orElseThrow();
        assertThat(offset(first)).isEqualTo(1);
        assertThat(take(lanes, 0)).isEmpty();
        lanes.finished(first, 0);
        assertThat(offset(take(lanes, 0))).isEqualTo(2);
    }

    @Test
    void aRecordIsFollowedIfALaterOneOfItsKeyWaits() {
        Lanes lanes = new Lanes(10, 0, 1_000, 1_000_000);
        lanes.add(queued("a", 1, 0, 0), Optional.empty());
        QueuedRecord first = take(lanes, 0).orElseThrow();
        lanes.add(queued("b", 2, 0, 0), Optional.empty());
        assertThat(lanes.isFollowed(first)).isFalse();

        lanes.add(queued("a", 3, 0, 0), Optional.empty());
        assertThat(lanes.isFollowed(first)).isTrue();

        lanes.finished(first, 0);
        take(lanes, 0);
        assertThat(lanes.isFollowed(take(lanes, 0).orElseThrow())).isFalse();
    }

    @Test
    void runsKeysSideBySideAsFarAsThereAreSlots() {
        Lanes lanes = new Lanes(2, 0, 1_000, 1_000_000);
        lanes.add(queued("a", 1, 0, 0), Optional.empty());
        lanes.add(queued("b", 2, 0, 0), Optional.empty());
        lanes.add(queued("c", 3, 0, 0), Optional.empty());

        QueuedRecord first = take(lanes, 0).orElseThrow();
        assertThat(offset(take(lanes, 0))).isEqualTo(2);
        assertThat(take(lanes, 0)).isEmpty();
        lanes.finished(first, 0);
        assertThat(offset(take(lanes, 0))).isEqualTo(3);
    }

    @Test
    void recordsOfALaneThatWaitsToTryAgainAreCountedApart() {
        Lanes lanes = new Lanes(10, 0, 1_000, 1_000_000);
        lanes.add(queued("a", 1, 0, 0), Optional.empty());
        lanes.add(queued("a", 2, 0, 0), Optional.empty());
        lanes.add(queued("b", 3, 0, 0), Optional.empty());
        long each = lanes.bytes() / 3;
        QueuedRecord first = take(lanes, 0).orElseThrow();

        lanes.later(first, 100, "throttled");
        lanes.add(queued("a", 4, 0, 0), Optional.empty());
        assertThat(lanes.records()).isEqualTo(1);
        assertThat(lanes.bytes()).isEqualTo(each);
        assertThat(lanes.stuckRecords()).isEqualTo(3);
        assertThat(lanes.stuckBytes()).isEqualTo(3 * each);

        take(lanes, 0);
        QueuedRecord again = take(lanes, 100).orElseThrow();
        assertThat(lanes.records()).isEqualTo(2);
        assertThat(lanes.stuckRecords()).isEqualTo(2);

        lanes.finished(again, 101);
        assertThat(lanes.records()).isEqualTo(3);
        assertThat(lanes.stuckRecords()).isZero();
        assertThat(lanes.stuckBytes()).isZero();
    }

    @Test
    void namesTheKeysThatWaitToTryAgainAndWhyAlsoWhileTheyAreTried() {
        Lanes lanes = new Lanes(10, 0, 1_000, 1_000_000);
        lanes.add(queued("a", 1, 0, 0), Optional.empty());
        lanes.add(queued("a", 2, 0, 0), Optional.empty());
        lanes.add(queued("b", 3, 0, 0), Optional.empty());
        assertThat(lanes.stuck(10, Object::toString)).isEmpty();

        lanes.later(take(lanes, 0).orElseThrow().again(), 100, "throttled");

        assertThat(lanes.stuck(10, Object::toString))
                .containsExactly(new WaitingKey("a", Instant.EPOCH, 2, 1, "throttled"));
        assertThat(lanes.stuck(0, Object::toString)).isEmpty();
        lanes.finished(take(lanes, 0).orElseThrow(), 1);
        QueuedRecord again = take(lanes, 100).orElseThrow();
        assertThat(lanes.stuck(10, Object::toString))
                .as("while it is tried again")
                .singleElement()
                .satisfies(key -> assertThat(key.records()).isEqualTo(2));
        lanes.finished(again, 101);
        assertThat(lanes.stuck(10, Object::toString)).isEmpty();
    }

    @Test
    void aPausedScopeIsWhyItsKeysWait() {
        Lanes lanes = new Lanes(10, 0, 1_000, 1_000_000);
        PauseScope scope = PauseScope.PROCESS;
        lanes.add(queued("a", 1, 0, 0), Optional.of(scope));

        assertThat(lanes.stuck(10, _ -> "no such flow"))
                .containsExactly(new WaitingKey("a", Instant.EPOCH, 1, 0, "no such flow"));
        lanes.release(scope, 1);
        assertThat(lanes.stuck(10, _ -> "no such flow")).isEmpty();
    }

    @Test
    void nothingIsCountedOfAPartitionThatIsLostAndDoesNotRun() {
        Lanes lanes = new Lanes(10, 0, 1_000, 1_000_000);
        lanes.add(queued("a", 1, 0, 0), Optional.empty());
        lanes.add(queued("a", 2, 0, 0), Optional.empty());
        lanes.add(queued("b", 3, 0, 0), Optional.empty());
        lanes.later(take(lanes, 0).orElseThrow(), 100, "throttled");
        QueuedRecord runs = take(lanes, 0).orElseThrow();

        lanes.clear(PARTITION);
        assertThat(lanes.records()).isEqualTo(1);
        assertThat(lanes.stuckRecords()).isZero();
        lanes.abandoned(runs);
        assertThat(lanes.records()).isZero();
        assertThat(lanes.bytes()).isZero();
    }

    @Test
    void aLaneThatWaitsHoldsNoSlotAndKeepsItsOrder() {
        Lanes lanes = new Lanes(1, 0, 1_000, 1_000_000);
        lanes.add(queued("a", 1, 0, 0), Optional.empty());
        lanes.add(queued("a", 2, 0, 0), Optional.empty());
        lanes.add(queued("b", 3, 0, 0), Optional.empty());

        lanes.later(take(lanes, 0).orElseThrow(), 100, "throttled");

        QueuedRecord other = take(lanes, 1).orElseThrow();
        assertThat(offset(other)).isEqualTo(3);
        lanes.finished(other, 2);
        assertThat(take(lanes, 99)).isEmpty();
        assertThat(lanes.nextDue()).hasValue(100);
        assertThat(offset(take(lanes, 100))).isEqualTo(1);
    }

    @Test
    void aBusyKeyDoesNotKeepTheOthersWaiting() {
        Lanes lanes = new Lanes(1, 0, 1_000, 1_000_000);
        for (int offset = 0; offset < 10; offset++) {
            lanes.add(queued("busy", offset, 0, 0), Optional.empty());
        }
        lanes.add(queued("other", 10, 1, 0), Optional.empty());

        lanes.finished(take(lanes, 1).orElseThrow(), 2);

        assertThat(offset(take(lanes, 2))).isEqualTo(10);
    }

    @Test
    void countsWhatIsInMemory() {
        Lanes lanes = new Lanes(10, 0, 1_000, 1_000_000);
        lanes.add(queued("a", 1, 0, 0), Optional.empty());
        lanes.add(queued("b", 2, 0, 0), Optional.empty());
        assertThat(lanes.records()).isEqualTo(2);
        assertThat(lanes.bytes()).isEqualTo(2 * 8);

        lanes.finished(take(lanes, 0).orElseThrow(), 0);
        assertThat(lanes.records()).isEqualTo(1);
        assertThat(lanes.bytes()).isEqualTo(8);
    }

    @Test
    void forgetsAPartitionButForWhatRuns() {
        Lanes lanes = new Lanes(10, 0, 1_000, 1_000_000);
        lanes.add(queued("a", 1, 0, 0), Optional.empty());
        lanes.add(queued("a", 2, 0, 0), Optional.empty());
        lanes.add(queued("b", 3, 0, 0), Optional.empty());
        QueuedRecord running = take(lanes, 0).orElseThrow();

        lanes.clear(PARTITION);

        assertThat(take(lanes, 0)).isEmpty();
        assertThat(lanes.records()).isEqualTo(1);
        lanes.abandoned(running);
        assertThat(lanes.records()).isZero();
        assertThat(lanes.bytes()).isZero();
        assertThat(lanes.running()).isZero();
    }

    @Test
    void holdsBackUntilRecordsThatBelongBeforeHaveHadTheirChance() {
        Lanes lanes = new Lanes(10, 400, 1_000, 1_000_000);
        lanes.add(queued("chat", 1, 0, 2_000), Optional.empty());
        lanes.add(queued("chat", 2, 300, 1_000), Optional.empty());

        assertThat(take(lanes, 399)).isEmpty();
        QueuedRecord first = take(lanes, 400).orElseThrow();
        assertThat(offset(first)).isEqualTo(2);
        lanes.finished(first, 401);
        assertThat(offset(take(lanes, 401))).isEqualTo(1);
    }

    @Test
    void holdsEachRecordBackForItsOwnTimeAtMost() {
        Lanes lanes = new Lanes(10, 400, 1_000, 1_000_000);
        lanes.add(queued("chat", 1, 0, 1_000), Optional.empty());
        lanes.add(queued("chat", 2, 300, 2_000), Optional.empty());

        lanes.finished(take(lanes, 400).orElseThrow(), 401);

        assertThat(take(lanes, 699)).isEmpty();
        assertThat(offset(take(lanes, 700))).isEqualTo(2);
    }

    @Test
    void aLaneThatWaitsForTheNextRecordContinuesWhenItArrives() {
        Lanes lanes = new Lanes(10, 0, 1_000, 1_000_000);
        lanes.add(queued("a", 1, 0, 0), Optional.empty());
        QueuedRecord first = take(lanes, 0).orElseThrow();
        assertThat(lanes.following(first, 10)).isEmpty();
        lanes.awaitNext(first, 1_000, 0, "waits");
        assertThat(take(lanes, 10)).isEmpty();
        assertThat(lanes.stuck(10, Object::toString)).isEmpty();

        lanes.add(queued("a", 2, 20, 0), Optional.empty());
        first = take(lanes, 20).orElseThrow();
        assertThat(offset(first)).isEqualTo(1);
        assertThat(lanes.following(first, 10)).extracting(LanesTest::offset).containsExactly(2L);
        lanes.awaitNext(first, 1_000, 20, "waits");
        assertThat(take(lanes, 999)).isEmpty();
        assertThat(offset(take(lanes, 1_000))).isEqualTo(1);
    }

    @Test
    void aLaneDoesNotWaitForTheNextRecordIfItArrivedWhileTheFirstRan() {
        Lanes lanes = new Lanes(10, 400, 1_000, 1_000_000);
        lanes.add(queued("a", 1, 0, 1_000), Optional.empty());
        QueuedRecord first = take(lanes, 400).orElseThrow();
        lanes.following(first, 10);
        lanes.add(queued("a", 3, 401, 3_000), Optional.empty());
        lanes.add(queued("a", 2, 402, 2_000), Optional.empty());
        lanes.awaitNext(first, 10_000, 403, "waits");

        assertThat(take(lanes, 802)).isEmpty();
        first = take(lanes, 803).orElseThrow();
        assertThat(lanes.following(first, 1)).extracting(LanesTest::offset).containsExactly(2L);
        assertThat(lanes.following(first, 10)).extracting(LanesTest::offset).containsExactly(2L, 3L);
    }

    @Test
    void lanesRunInTheOrderInWhichTheyAreDueHoweverTheyCameToWait() {
        RandomGenerator random = new SplittableRandom(1);
        Lanes lanes = new Lanes(1_000, 0, 1_000_000, 1_000_000);
        Map<String, Long> due = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            lanes.add(queued("k" + i, i, i, 0), Optional.empty());
            due.put("k" + i, (long) i);
            if (random.nextInt(3) > 0) {
                QueuedRecord taken = take(lanes, i).orElseThrow();
                long dueAt = (long) i + random.nextInt(500);
                lanes.later(taken, dueAt, "throttled");
                due.put(taken.key(), dueAt);
            }
        }
        assertThat(lanes.waiting()).isEqualTo(500);

        List<Long> order = new ArrayList<>();
        for (Optional<QueuedRecord> next = take(lanes, 1_000); next.isPresent(); next = take(lanes, 1_000)) {
            order.add(due.get(next.get().key()));
        }
        assertThat(order).hasSize(500).isSorted();
        assertThat(lanes.nextDue()).isEmpty();
    }

    @Test
    void aRecordThatArrivesAmongOthersOfItsKeyHasItsPlaceByTimestamp() {
        Lanes lanes = new Lanes(10, 400, 1_000, 1_000_000);
        long[] timestamps = {50, 10, 40, 20, 30};
        for (int i = 0; i < timestamps.length; i++) {
            lanes.add(queued("a", i, 0, timestamps[i]), Optional.empty());
        }

        QueuedRecord first = take(lanes, 400).orElseThrow();
        assertThat(first.record().timestamp()).isEqualTo(10);
        assertThat(lanes.following(first, 10))
                .extracting(next -> next.record().timestamp())
                .containsExactly(20L, 30L, 40L, 50L);
    }

    private static long offset(QueuedRecord queued) {
        return queued.record().offset();
    }

    private static long offset(Optional<QueuedRecord> queued) {
        return offset(queued.orElseThrow());
    }

    private QueuedRecord queued(String key, long offset, long arrivedAt, long timestamp) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                PARTITION.topic(),
                PARTITION.partition(),
                offset,
                timestamp,
                TimestampType.CREATE_TIME,
                3,
                5,
                new byte[3],
                new byte[5],
                new RecordHeaders(),
                Optional.empty());
        return new QueuedRecord(record, assignment, key, arrivedAt, 0);
    }

    private static Optional<QueuedRecord> take(Lanes lanes, long now) {
        return lanes.take(now, _ -> Optional.empty());
    }
}
