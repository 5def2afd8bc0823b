package lull.aggregator.turn;

import java.nio.ByteBuffer;
import java.time.Duration;
import lull.runtime.Sha256;
import org.jspecify.annotations.Nullable;

/// Ids of the latest messages of a conversation: the last [#LIMIT] within [#MEMORY], oldest first, each
/// as 64 bits of its SHA-256 and the log's time. WhatsApp retries a webhook for up to seven days.
/// Immutable.
final class SeenMessages {

    /// How many ids are remembered.
    static final int LIMIT = 1_000;

    /// How long an id is remembered.
    static final Duration MEMORY = Duration.ofDays(7);

    private static final int ENTRY_BYTES = 2 * Long.BYTES;

    private final byte[] entries;

    private SeenMessages(byte[] entries) {
        this.entries = entries;
    }

    /// Reads what [#toBytes()] wrote; null stands for a conversation without remembered ids.
    static SeenMessages of(byte @Nullable [] stored) {
        return new SeenMessages(stored == null ? new byte[0] : stored);
    }

    /// Whether an id is remembered.
    ///
    /// @param id the message's id, hashed by [#hash(String)]
    boolean has(long id, long now) {
        ByteBuffer buffer = ByteBuffer.wrap(entries);
        for (int at = firstRemembered(now); at < entries.length; at += ENTRY_BYTES) {
            if (buffer.getLong(at) == id) {
                return true;
            }
        }
        return false;
    }

    /// Returns this memory with one more id, and without ids that are too old or too many.
    SeenMessages with(long id, long now) {
        int from = Math.max(firstRemembered(now), entries.length - (LIMIT - 1) * ENTRY_BYTES);
        int kept = entries.length - from;
        byte[] longer = new byte[kept + ENTRY_BYTES];
        System.arraycopy(entries, from, longer, 0, kept);
        ByteBuffer.wrap(longer, kept, ENTRY_BYTES).putLong(id).putLong(now);
        return new SeenMessages(longer);
    }

    /// Whether every id in it has expired at the given time.
    boolean forgotten(long now) {
        return firstRemembered(now) >= entries.length;
    }

    byte[] toBytes() {
        return entries;
    }

    private int firstRemembered(long now) {
        long oldest = oldest(now);
        ByteBuffer buffer = ByteBuffer.wrap(entries);
        int at = 0;
        while (at < entries.length && buffer.getLong(at + Long.BYTES) < oldest) {
            at += ENTRY_BYTES;
        }
        return at;
    }

    /// The earliest time of an id that is still remembered at the given time.
    static long oldest(long now) {
        return now - MEMORY.toMillis();
    }

    /// Returns the first 64 bits of an id's SHA-256.
    static long hash(String messageId) {
        return ByteBuffer.wrap(Sha256.of(messageId)).getLong();
    }
}
