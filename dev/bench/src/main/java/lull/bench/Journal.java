package lull.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// What processes have handled that were killed and started again: a file of each, in which every record is noted
/// when it was handled.
final class Journal {

    private static final int BYTES = 2 * Integer.BYTES;

    private Journal() {}

    /// What came of it.
    ///
    /// @param lost records that were never handled
    /// @param twice how often a record was handled again
    /// @param disordered records that a process handled before one of their key that stands before them
    record Verdict(long lost, long twice, long disordered) {}

    /// How a record is noted.
    static ByteBuffer bytes(KeyedRecord record) {
        return ByteBuffer.allocate(BYTES)
                .putInt(record.key())
                .putInt(record.number())
                .flip();
    }

    /// How many records stand in a file.
    static long count(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) / BYTES : 0;
    }

    /// The records in a file. What a kill cut off at its end does not count.
    static List<KeyedRecord> read(Path file) throws IOException {
        List<KeyedRecord> records = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(Files.exists(file) ? Files.readAllBytes(file) : new byte[0]);
        while (bytes.remaining() >= BYTES) {
            records.add(new KeyedRecord(bytes.getInt(), bytes.getInt()));
        }
        return records;
    }

    /// Compares what processes handled with what stood on the topic.
    ///
    /// @param counts how many records there are of each key
    /// @param lives what each process has handled, one after the other
    static Verdict verdict(int[] counts, List<List<KeyedRecord>> lives) {
        BitSet[] handled = new BitSet[counts.length];
        for (int key = 0; key < counts.length; key++) {
            handled[key] = new BitSet(counts[key] + 1);
        }
        long twice = 0;
        long disordered = 0;
        for (List<KeyedRecord> life : lives) {
            int[] last = new int[counts.length];
            for (KeyedRecord one : life) {
                BitSet ofKey = handled[one.key()];
                // A process goes on somewhere, and then one by one. What is before must have been handled by then.
                boolean inOrder = last[one.key()] == 0
                        ? ofKey.nextClearBit(1) >= one.number()
                        : one.number() == last[one.key()] + 1;
                disordered += inOrder ? 0 : 1;
                twice += ofKey.get(one.number()) ? 1 : 0;
                ofKey.set(one.number());
                last[one.key()] = one.number();
            }
        }
        long lost = 0;
        for (int key = 0; key < counts.length; key++) {
            lost += counts[key] - handled[key].cardinality();
        }
        return new Verdict(lost, twice, disordered);
    }
}
