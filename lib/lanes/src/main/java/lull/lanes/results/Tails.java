package lull.lanes.results;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import lull.lanes.Held;
import lull.runtime.Periodic;

/// Tail readers of all flows. Periodically frees their values that are too old and those of partitions
/// that the flow has lost. Safe for several threads.
public final class Tails implements AutoCloseable {

    private record Owned(String flow, KafkaPartitionTailReader<?> tail) {}

    private final List<Owned> tails = new CopyOnWriteArrayList<>();
    private final Map<String, Supplier<Held>> flows = new ConcurrentHashMap<>();
    private final Periodic rounds;

    private Tails(Duration every) {
        this.rounds = Periodic.start("free-tails", every, this::free);
    }

    /// Starts to free periodically.
    public static Tails start(Duration every) {
        return new Tails(every);
    }

    /// Adds a tail reader of a flow.
    public void add(String flow, KafkaPartitionTailReader<?> tail) {
        tails.add(new Owned(flow, tail));
    }

    /// Sets the supplier of the partitions of a flow.
    public void follow(String flow, Supplier<Held> held) {
        flows.put(flow, held);
    }

    /// Returns the partitions that a flow has now; none before it has started.
    public Held held(String flow) {
        Supplier<Held> held = flows.get(flow);
        return held == null ? Held.NONE : held.get();
    }

    @Override
    public void close() {
        rounds.close();
    }

    /// The number of ids whose results are remembered, over all flows.
    public int size() {
        return tails.stream().mapToInt(owned -> owned.tail().size()).sum();
    }

    private void free() {
        for (Owned owned : tails) {
            owned.tail().free(held(owned.flow()));
        }
    }
}
