package lull.aggregator.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/// The open turns of a partition, or of several: how many there are, and the oldest of them without anything that
/// customers wrote. Immutable.
///
/// @param open how many turns are open
/// @param oldest some of them, oldest first
public record OpenTurnList(int open, List<Entry> oldest) {

    /// The maximum number of turns that are shown.
    public static final int MAX = 1_000;

    private static final Comparator<Entry> OLDEST_FIRST =
            Comparator.comparing(Entry::openedAt).thenComparing(Entry::id);

    public OpenTurnList {
        oldest = List.copyOf(oldest);
    }

    /// An open turn.
    ///
    /// @param id the id that the turn will have
    /// @param openedAt when its first message was appended, by the broker's clock
    /// @param lastAt when its last message was appended
    /// @param closesAt when it ends if nothing more arrives
    /// @param gap the gap in force at its last message
    /// @param messages how many it has
    /// @param limited whether it ends at `closesAt` because it may not last longer, not because the gap is over
    public record Entry(
            String topic,
            int partition,
            String id,
            String conversation,
            Instant openedAt,
            Instant lastAt,
            Instant closesAt,
            Duration gap,
            int messages,
            boolean limited) {

        @Override
        public String toString() {
            return "Entry[" + id + "]";
        }
    }

    /// Collects the turns of a partition. For one thread.
    public static final class Collector {

        private final String topic;
        private final int partition;
        private final long toBroker;
        private final int limit;
        private final PriorityQueue<Entry> oldest = new PriorityQueue<>(OLDEST_FIRST.reversed());
        private int open;

        /// @param clock of the partition, after its latest record
        /// @param limit how many turns are shown
        public Collector(String topic, int partition, LogClock clock, int limit) {
            this.topic = topic;
            this.partition = partition;
            // The clock adds up forward steps only, so it may differ from the times that the broker writes.
            this.toBroker = clock.now() == LogClock.UNSET ? 0 : clock.lastAppend() - clock.now();
            this.limit = limit;
        }

        /// Adds an open turn.
        public void add(String conversation, OpenTurn turn) {
            open++;
            oldest.add(new Entry(
                    topic,
                    partition,
                    TurnWriter.id(topic, partition, turn),
                    conversation,
                    at(turn.firstTime()),
                    at(turn.lastTime()),
                    at(turn.deadline()),
                    Duration.ofMillis(turn.gap()),
                    turn.messages(),
                    turn.deadline() < turn.lastTime() + turn.gap()));
            if (oldest.size() > limit) {
                oldest.poll();
            }
        }

        private Instant at(long logTime) {
            return Instant.ofEpochMilli(logTime + toBroker);
        }

        public OpenTurnList turns() {
            return new OpenTurnList(open, oldest.stream().sorted(OLDEST_FIRST).toList());
        }
    }

    /// Returns the turns of several partitions together.
    ///
    /// @param limit how many turns are shown
    public static OpenTurnList together(Stream<OpenTurnList> partitions, int limit) {
        List<OpenTurnList> all = partitions.toList();
        return new OpenTurnList(
                all.stream().mapToInt(OpenTurnList::open).sum(),
                all.stream()
                        .flatMap(turns -> turns.oldest().stream())
                        .sorted(OLDEST_FIRST)
                        .limit(limit)
                        .toList());
    }
}
