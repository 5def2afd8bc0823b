package lull.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import lull.aggregator.turn.InputPolicy;
import lull.aggregator.turn.MemoryBudget;
import lull.aggregator.turn.PartitionTurns;
import lull.aggregator.turn.TurnPolicy;
import lull.aggregator.turn.TurnStore;
import lull.aggregator.turn.TurnWriter;
import lull.contract.message.GapRule;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Benchmark of JMH: what a message costs in the rules of turns, by policy, with stores in memory. It is public and
/// not final because JMH extends it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GapCost {

    private static final Duration GAP = Duration.ofSeconds(10);
    private static final Duration FLOOR = Duration.ofSeconds(2);
    private static final int DAYS_BEFORE = 3;
    private static final long MEMORY = 64L << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// What decides how long to wait.
    @Param({"FIXED", "SHADOW", "ADAPTIVE"})
    public GapRule.Policy policy = GapRule.Policy.FIXED;

    private final GapCostScript script = GapCostScript.of(1);
    private final Memory turnsBefore = new Memory();
    private final Memory duplicatesBefore = new Memory();
    private @Nullable PartitionTurns partition;

    /// What the thread used. JMH sets it to 0 before each iteration.
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Used {

        /// CPU time.
        public long cpuNanos;

        /// On the heap.
        public long allocatedBytes;

        /// How many messages were handled.
        public long messages;

        /// How many turns closed.
        public long turns;
    }

    /// Fills the stores with some days.
    @Setup(Level.Trial)
    public void fill() {
        PartitionTurns filled = partition(turnsBefore, duplicatesBefore);
        for (int day = 0; day < DAYS_BEFORE; day++) {
            script.play(filled, day);
        }
    }

    /// Restores the partition as it was after these days, so that each day that is played costs the same.
    @Setup(Level.Invocation)
    public void restore() {
        partition = partition(turnsBefore.copy(), duplicatesBefore.copy());
    }

    private PartitionTurns partition(Memory turnStore, Memory duplicateStore) {
        TurnPolicy turns = TurnPolicy.ofGap(GAP).with(new GapRule(policy, null, FLOOR, null));
        // Nobody ticks, so what is due closes with the next record.
        InputPolicy input = InputPolicy.of(turns).with(InputPolicy.HolePolicy.OFF);
        PartitionTurns restored = new PartitionTurns(
                input, turnStore, duplicateStore, new TurnWriter("bench", 0, input), new MemoryBudget(MEMORY));
        restored.restore();
        return restored;
    }

    /// Plays the next day.
    @Benchmark
    @OperationsPerInvocation(GapCostScript.MESSAGES)
    public int play(Used used) {
        PartitionTurns played = partition;
        if (played == null) {
            throw new IllegalStateException("JMH calls restore() first");
        }
        long cpu = THREADS.getCurrentThreadCpuTime();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        int closed = script.play(played, DAYS_BEFORE);
        used.cpuNanos += THREADS.getCurrentThreadCpuTime() - cpu;
        used.allocatedBytes += THREADS.getCurrentThreadAllocatedBytes() - allocated;
        used.messages += GapCostScript.MESSAGES;
        used.turns += closed;
        return closed;
    }

    /// A store in memory.
    private static final class Memory implements TurnStore {

        private final Map<String, byte[]> entries = new HashMap<>();

        private Memory copy() {
            Memory copy = new Memory();
            copy.entries.putAll(entries);
            return copy;
        }

        @Override
        public byte @Nullable [] get(String key) {
            return entries.get(key);
        }

        @Override
        public void put(String key, byte[] value) {
            entries.put(key, value);
        }

        @Override
        public void delete(String key) {
            entries.remove(key);
        }

        @Override
        public void forEach(BiConsumer<String, byte[]> entry) {
            entries.forEach(entry);
        }

        @Override
        public void forEach(String beginning, BiConsumer<String, byte[]> entry) {
            entries.forEach((key, value) -> {
                if (key.startsWith(beginning)) {
                    entry.accept(key, value);
                }
            });
        }
    }
}
