package lull.bench;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import lull.contract.json.UnreadableJson;
import lull.text.Quotes;

/// Measurement that fills the memory of a bridge and reads the heap after collections.
final class MemoryBench {

    private static final int COLLECTIONS = 3;
    private static final double MEGABYTE = 1e6;

    private final MemoryPlan plan;
    private final Consumer<String> progress;

    MemoryBench(MemoryPlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /// What so many chats take, in bytes.
    private record Row(int chats, long open, long ended, long aged) {

        String line() {
            return String.format(
                    Locale.ROOT,
                    "%9d %10.1f %12d %10.1f %10.1f",
                    chats,
                    open / MEGABYTE,
                    open / chats,
                    ended / MEGABYTE,
                    aged / MEGABYTE);
        }
    }

    /// Returns the report.
    List<String> run() throws UnreadableJson {
        // Loads the classes.
        Row _ = measure(100);
        List<String> lines = new ArrayList<>();
        lines.add("What heap a bridge needs for its chats");
        lines.add(Machine.words());
        lines.add(String.format(Locale.ROOT, "%d turns and as many replies of each chat", plan.turns()));
        lines.add("");
        lines.add(
                "Heap in MB after collections: open, after all have ended, and 24 hours later; bytes of an open chat");
        lines.add("    chats       open   bytes/chat      ended       aged");
        for (int chats : plan.chats()) {
            String line = measure(chats).line();
            progress.accept(line);
            lines.add(line);
        }
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "The first words of %d messages: %.1f MB, whatever the number of chats",
                plan.quotes(),
                quotes() / MEGABYTE));
        return lines;
    }

    private Row measure(int chats) throws UnreadableJson {
        long before = heap();
        BridgeMemory memory = new BridgeMemory();
        try {
            memory.open(chats, plan.turns());
            long open = heap() - before;
            memory.end();
            long ended = heap() - before;
            memory.age();
            return new Row(chats, open, ended, heap() - before);
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    private long quotes() {
        long before = heap();
        Quotes quotes = new Quotes(plan.quotes());
        try {
            for (int i = 0; i < plan.quotes(); i++) {
                quotes.remember(
                        "wamid.HBgLMTU1NTAwMDEwMDEVAgASGBQz" + i,
                        "What the customer wrote, of which the first eighty characters are kept at most: " + i);
            }
            return heap() - before;
        } finally {
            Reference.reachabilityFence(quotes);
        }
    }

    /// What is reachable.
    private static long heap() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
