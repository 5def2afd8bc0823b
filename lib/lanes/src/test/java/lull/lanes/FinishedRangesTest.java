package lull.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class FinishedRangesTest {

    @Test
    void readsWhatItWrote() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            long base = random.nextLong(1L << 40);
            NavigableMap<Long, Long> ranges = new TreeMap<>();
            long at = base;
            for (int i = random.nextInt(30); i > 0; i--) {
                long start = at + 1 + random.nextLong(1L << random.nextInt(30));
                at = start + 1 + random.nextLong(1L << random.nextInt(30));
                ranges.put(start, at);
            }
            String text = FinishedRanges.encode(base, ranges, 4_000);
            assertThat(FinishedRanges.decode(base, text)).contains(ranges);
        }
    }

    @Test
    void writesNothingForNoRanges() {
        assertThat(FinishedRanges.encode(5, new TreeMap<>(), 4_000)).isEmpty();
        assertThat(FinishedRanges.decode(5, ""))
                .hasValueSatisfying(ranges -> assertThat(ranges).isEmpty());
    }

    @Test
    void leavesOutTheHighestRangesWhereThereIsNoRoom() {
        NavigableMap<Long, Long> ranges = new TreeMap<>();
        for (long start = 1; start < 20_000; start += 2) {
            ranges.put(start, start + 1);
        }

        String text = FinishedRanges.encode(0, ranges, 100);

        assertThat(text.length()).isBetween(90, 100);
        NavigableMap<Long, Long> kept = FinishedRanges.decode(0, text).orElseThrow();
        assertThat(kept).isNotEmpty().isEqualTo(ranges.headMap(kept.lastKey(), true));
    }

    @Test
    void readsForeignMetadataAsNone() {
        assertThat(FinishedRanges.decode(0, "something of another consumer")).isEmpty();
        assertThat(FinishedRanges.decode(0, "r1:***")).isEmpty();
        assertThat(FinishedRanges.decode(0, "r1:gA")).isEmpty();
        assertThat(FinishedRanges.decode(0, "r1:AQA")).isEmpty();
        assertThat(FinishedRanges.decode(0, "r1:__________________8")).isEmpty();
    }
}
