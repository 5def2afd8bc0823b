package lull.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// A record of which it shows whether it was handled in its place: the number of its key, and the how manieth of
/// this key it is, from 1.
record KeyedRecord(int key, int number) {

    /// As long as a short message.
    private static final int BYTES = 200;

    private static final long SEED = 1;

    /// Passes on records of keys at random, the same ones whenever it is called.
    static void each(int keys, int records, Consumer<KeyedRecord> consumer) {
        RandomGenerator random = new SplittableRandom(SEED);
        int[] numbers = new int[keys];
        for (int i = 0; i < records; i++) {
            int key = random.nextInt(keys);
            consumer.accept(new KeyedRecord(key, ++numbers[key]));
        }
    }

    /// How many records of each key [#each] passes on.
    static int[] counts(int keys, int records) {
        int[] counts = new int[keys];
        each(keys, records, one -> counts[one.key()]++);
        return counts;
    }

    static KeyedRecord read(byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value);
        return new KeyedRecord(bytes.getInt(), bytes.getInt());
    }

    /// The key as it stands on the topic.
    byte[] keyBytes() {
        return ("100000000000001|" + (15_550_000_000L + key)).getBytes(StandardCharsets.UTF_8);
    }

    byte[] value() {
        return ByteBuffer.allocate(BYTES).putInt(key).putInt(number).array();
    }
}
