package lull.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import lull.bench.peer.LaneHandler;
import lull.bench.peer.LaneWork;
import org.jspecify.annotations.Nullable;

/// Handler that notices whether every record of a key comes once and after the one before it. Safe for several
/// threads.
final class KeyLog implements LaneHandler, AutoCloseable {

    private final LaneWork work;
    private final AtomicIntegerArray last;
    private final LongAdder handled = new LongAdder();
    private final LongAdder twice = new LongAdder();
    private final LongAdder disordered = new LongAdder();
    private final @Nullable FileChannel journal;

    KeyLog(LaneWork work) throws IOException {
        this.work = work;
        this.last = new AtomicIntegerArray(work.keys());
        String file = work.journal();
        this.journal = file == null
                ? null
                : FileChannel.open(Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public void handle(byte[] value) throws InterruptedException {
        KeyedRecord handling = KeyedRecord.read(value);
        int before = last.get(handling.key());
        if (handling.number() <= before) {
            twice.increment();
        } else if (handling.number() > before + 1) {
            // Also where the one before it is still being handled.
            disordered.increment();
        }
        if (!work.handling().isZero()) {
            Thread.sleep(work.handling());
        }
        note(handling);
        last.set(handling.key(), Math.max(before, handling.number()));
        handled.increment();
    }

    /// How many records were handled.
    long handled() {
        return handled.sum();
    }

    long twice() {
        return twice.sum();
    }

    long disordered() {
        return disordered.sum();
    }

    /// How many records of the topic were not handled.
    long missing() {
        int[] counts = KeyedRecord.counts(work.keys(), work.records());
        long missing = 0;
        for (int key = 0; key < counts.length; key++) {
            missing += Math.max(0, counts[key] - last.get(key));
        }
        return missing;
    }

    @Override
    public void close() throws IOException {
        if (journal != null) {
            journal.close();
        }
    }

    /// What was written is the system's, so that it survives this process.
    private void note(KeyedRecord record) {
        FileChannel file = journal;
        if (file == null) {
            return;
        }
        try {
            ByteBuffer bytes = Journal.bytes(record);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            throw new IllegalStateException("A record cannot be noted", e);
        }
    }
}
