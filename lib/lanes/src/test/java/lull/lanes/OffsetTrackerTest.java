package lull.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

final class OffsetTrackerTest {

    @Test
    void commitsNothingBeforeTheFirstRecord() {
        assertThat(OffsetTracker.fresh().commit(4_000)).isEmpty();
    }

    @Test
    void commitsUpToTheLowestUnfinishedRecord() {
        OffsetTracker tracker = OffsetTracker.fresh();
        accept(tracker, 10, 11, 12, 13);

        tracker.finish(12);
        assertThat(committed(tracker).offset()).isEqualTo(10);
        tracker.finish(10);
        assertThat(committed(tracker).offset()).isEqualTo(11);
        tracker.finish(11);
        assertThat(committed(tracker)).isEqualTo(new OffsetAndMetadata(13, ""));
    }

    @Test
    void skipsAfterARestartWhatWasFinishedAboveTheCommit() {
        OffsetTracker before = OffsetTracker.fresh();
        accept(before, 0, 1, 2, 3, 4);
        before.finish(1);
        before.finish(3);

        OffsetTracker after = OffsetTracker.restore(committed(before));

        assertThat(List.of(0L, 1L, 2L, 3L, 4L).stream().filter(after::accept)).containsExactly(0L, 2L, 4L);
        after.finish(0);
        assertThat(committed(after).offset()).isEqualTo(2);
        after.finish(4);
        after.finish(2);
        assertThat(committed(after)).isEqualTo(new OffsetAndMetadata(5, ""));
    }

    @Test
    void skipsTheRestOfARestoredRangeThoughWhatWasInFrontOfItIsFinishedMeanwhile() {
        OffsetTracker before = OffsetTracker.fresh();
        accept(before, 0, 1, 2, 3, 4);
        before.finish(1);
        before.finish(2);
        before.finish(3);
        OffsetTracker after = OffsetTracker.restore(committed(before));

        assertThat(after.accept(0)).isTrue();
        assertThat(after.accept(1)).isFalse();
        after.finish(0);
        assertThat(committed(after).offset()).isEqualTo(4);

        assertThat(List.of(2L, 3L, 4L).stream().filter(after::accept)).containsExactly(4L);
        after.finish(4);
        assertThat(committed(after)).isEqualTo(new OffsetAndMetadata(5, ""));
    }

    @Test
    void offsetsWithoutRecordsDoNotKeepRangesApart() {
        OffsetTracker tracker = OffsetTracker.fresh();
        accept(tracker, 0, 2, 4, 6, 8);
        tracker.finish(2);
        tracker.finish(4);
        tracker.finish(6);

        OffsetAndMetadata commit = committed(tracker);

        assertThat(FinishedRanges.decode(commit.offset(), commit.metadata()).orElseThrow())
                .containsExactly(Map.entry(1L, 7L));
    }

    @Test
    void startsAgainWhereTheLogHasLostItsEnd() {
        OffsetTracker tracker = OffsetTracker.fresh();
        accept(tracker, 100, 101);
        tracker.finish(100);
        tracker.finish(101);

        assertThat(tracker.accept(50)).isTrue();

        assertThat(committed(tracker).offset()).isEqualTo(50);
        tracker.finish(50);
        assertThat(committed(tracker).offset()).isEqualTo(51);
    }

    @Test
    void changesOnlyWithWhatItCommits() {
        OffsetTracker tracker = OffsetTracker.fresh();
        accept(tracker, 0, 1);
        tracker.committed();

        accept(tracker, 2);
        assertThat(tracker.changed()).isFalse();
        tracker.finish(1);
        assertThat(tracker.changed()).isTrue();
        tracker.committed();
        tracker.finish(1);
        assertThat(tracker.changed()).isFalse();
    }

    @Test
    void neverSkipsAnUnfinishedRecordAndNeverRepeatsAFinishedOneWhateverTheOrder() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<Long> log = new ArrayList<>();
            for (long offset = 0; log.size() < 40; offset += 1 + random.nextInt(3)) {
                log.add(offset);
            }
            Set<Long> finished = new HashSet<>();
            OffsetTracker tracker = OffsetTracker.fresh();
            for (int crash = 0; crash < 5; crash++) {
                List<Long> running =
                        new ArrayList<>(log.stream().filter(tracker::accept).toList());
                Set<Long> expected = new HashSet<>(log);
                expected.removeAll(finished);
                assertThat(new HashSet<>(running)).as("seed %d", seed).isEqualTo(expected);
                Collections.shuffle(running, random);
                for (long offset : running.subList(0, Math.min(running.size(), random.nextInt(10)))) {
                    tracker.finish(offset);
                    finished.add(offset);
                }
                OffsetAndMetadata commit = committed(tracker);
                log.removeIf(offset -> offset < commit.offset());
                tracker = OffsetTracker.restore(commit);
            }
        }
    }

    private static void accept(OffsetTracker tracker, long... offsets) {
        for (long offset : offsets) {
            assertThat(tracker.accept(offset)).isTrue();
        }
    }

    private static OffsetAndMetadata committed(OffsetTracker tracker) {
        return tracker.commit(4_000).orElseThrow();
    }
}
