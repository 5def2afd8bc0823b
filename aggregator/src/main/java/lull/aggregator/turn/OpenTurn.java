package lull.aggregator.turn;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lull.aggregator.gap.Sender;
import lull.contract.json.UnreadableJson;
import lull.contract.turn.TurnCause;
import org.jspecify.annotations.Nullable;

/// Turn that may still grow, in the form in which the store keeps it: a header of fixed size; what is known of
/// the sender, where the gap adapts; then each message's offset, length, id (as [SeenMessages] hashes it), time
/// and original bytes. Joining a message copies bytes and parses nothing. Immutable.
///
/// All times are of the partition's [LogClock] except [#lastReceived()], which is of the ingress's
/// clock; the two are never compared.
public final class OpenTurn {

    private static final byte VERSION = 2;

    /// The version that has what is known of the sender after its header. It is written only where the gap adapts.
    private static final byte WITH_SENDER = 3;

    /// The version whose frames have only an offset and a length.
    private static final byte WITHOUT_IDS = 1;

    private static final int FIRST_OFFSET = 1;
    private static final int FIRST_TIME = FIRST_OFFSET + Long.BYTES;
    private static final int LAST_TIME = FIRST_TIME + Long.BYTES;
    private static final int LAST_RECEIVED = LAST_TIME + Long.BYTES;
    private static final int DEADLINE = LAST_RECEIVED + Long.BYTES;
    private static final int GAP = DEADLINE + Long.BYTES;
    private static final int MESSAGES = GAP + Long.BYTES;
    private static final int HEAD_BYTES = MESSAGES + Integer.BYTES;
    private static final int FRAME_ID = Long.BYTES + Integer.BYTES;
    private static final int FRAME_HEAD_BYTES = FRAME_ID + 2 * Long.BYTES;

    private final byte[] stored;
    private final ByteBuffer bytes;
    private final int framesAt;

    private OpenTurn(byte[] stored) {
        this.stored = stored;
        this.bytes = ByteBuffer.wrap(stored);
        this.framesAt = stored[0] == WITH_SENDER ? HEAD_BYTES + Sender.BYTES : HEAD_BYTES;
    }

    /// A message as it is in the log.
    ///
    /// @param value its original bytes
    public record Frame(long offset, ByteBuffer value) {

        /// Returns a copy of the bytes.
        public byte[] bytes() {
            byte[] bytes = new byte[value.remaining()];
            value.get(value.position(), bytes);
            return bytes;
        }
    }

    /// Returns a turn of one message.
    ///
    /// @param id the message's id, hashed by [SeenMessages#hash(String)]
    /// @param now the log's time
    /// @param sender what is known of the sender, as [Sender#toBytes()] returns it; null where the gap does not
    ///     adapt
    static OpenTurn open(
            long offset,
            long id,
            byte[] value,
            long now,
            long received,
            long gap,
            long maxDuration,
            byte @Nullable [] sender) {
        byte[] empty = new byte[HEAD_BYTES];
        ByteBuffer.wrap(empty).put(0, VERSION).putLong(FIRST_OFFSET, offset).putLong(FIRST_TIME, now);
        return new OpenTurn(empty).join(offset, id, value, now, received, gap, maxDuration, sender);
    }

    /// Reads what [#toBytes()] of this or an earlier version wrote. Throws [IllegalStateException] for
    /// bytes of a later version.
    public static OpenTurn of(byte[] stored) {
        if (stored.length < HEAD_BYTES || (stored[0] == WITH_SENDER && stored.length < HEAD_BYTES + Sender.BYTES)) {
            throw new IllegalStateException(
                    "An open turn of the store has " + stored.length + " bytes, less than any version of Lull writes");
        }
        return switch (stored[0]) {
            case VERSION, WITH_SENDER -> new OpenTurn(stored);
            case WITHOUT_IDS -> new OpenTurn(withIds(stored));
            default ->
                throw new IllegalStateException("An open turn of the store has version " + stored[0]
                        + ", and this version of Lull reads 1 to " + WITH_SENDER
                        + ": run the version of Lull that has written it, or a later one");
        };
    }

    /// Returns the same turn with the id and the time of each message. The times were not kept: each
    /// gets the time of the last message, so that duplicates are remembered a little longer.
    private static byte[] withIds(byte[] stored) {
        ByteBuffer before = ByteBuffer.wrap(stored);
        int messages = before.getInt(MESSAGES);
        byte[] longer = new byte[stored.length + messages * (FRAME_HEAD_BYTES - FRAME_ID)];
        ByteBuffer after = ByteBuffer.wrap(longer);
        after.put(stored, 0, HEAD_BYTES).put(0, VERSION);
        before.position(HEAD_BYTES);
        while (before.hasRemaining()) {
            after.putLong(before.getLong());
            byte[] value = new byte[before.getInt()];
            before.get(value);
            after.putInt(value.length)
                    .putLong(SeenMessages.hash(id(value)))
                    .putLong(before.getLong(LAST_TIME))
                    .put(value);
        }
        return longer;
    }

    private static String id(byte[] value) {
        try {
            if (InputEvent.of(value) instanceof ParsedMessage message) {
                return message.id();
            }
        } catch (UnreadableJson e) {
            throw new IllegalStateException("A message of an open turn of the store is unreadable", e);
        }
        throw new IllegalStateException("An open turn of the store has a record that is no message");
    }

    /// Returns the turn with one more message.
    ///
    /// @param sender what is known of the sender now, as [Sender#toBytes()] returns it; null: as before
    OpenTurn join(
            long offset,
            long id,
            byte[] value,
            long now,
            long received,
            long gap,
            long maxDuration,
            byte @Nullable [] sender) {
        int frameBytes = FRAME_HEAD_BYTES + value.length;
        OpenTurn longer = copy(sender, frameBytes);
        return longer.stamp(
                offset,
                id,
                value,
                now,
                Math.max(lastReceived(), received),
                gap,
                maxDuration,
                longer.stored.length - frameBytes);
    }

    /// Returns the turn with what is known of its sender now.
    ///
    /// @param sender as [Sender#toBytes()] returns it
    OpenTurn with(byte[] sender) {
        return copy(sender, 0);
    }

    /// Returns a copy with room for more bytes at its end.
    private OpenTurn copy(byte @Nullable [] sender, int more) {
        if (sender == null) {
            return new OpenTurn(Arrays.copyOf(stored, stored.length + more));
        }
        int after = HEAD_BYTES + Sender.BYTES;
        int frames = stored.length - framesAt;
        byte[] copy = new byte[after + frames + more];
        System.arraycopy(stored, 0, copy, 0, HEAD_BYTES);
        System.arraycopy(sender, 0, copy, HEAD_BYTES, Sender.BYTES);
        System.arraycopy(stored, framesAt, copy, after, frames);
        copy[0] = WITH_SENDER;
        return new OpenTurn(copy);
    }

    /// What is known of the sender, as [Sender#toBytes()] returned it; null where the store has it.
    byte @Nullable [] sender() {
        return framesAt == HEAD_BYTES ? null : Arrays.copyOfRange(stored, HEAD_BYTES, framesAt);
    }

    private OpenTurn stamp(
            long offset, long id, byte[] value, long now, long received, long gap, long maxDuration, int frameAt) {
        bytes.putLong(LAST_TIME, now)
                .putLong(LAST_RECEIVED, received)
                .putLong(GAP, gap)
                .putLong(DEADLINE, Math.min(now + gap, firstTime() + maxDuration))
                .putInt(MESSAGES, bytes.getInt(MESSAGES) + 1)
                .putLong(frameAt, offset)
                .putInt(frameAt + Long.BYTES, value.length)
                .putLong(frameAt + FRAME_ID, id)
                .putLong(frameAt + FRAME_ID + Long.BYTES, now)
                .put(frameAt + FRAME_HEAD_BYTES, value);
        return this;
    }

    /// Whether a message belongs to this turn: it was appended in time, or received in time and only
    /// appended late.
    boolean takes(long now, long received) {
        boolean receivedInTime = causeOfDeadline() == TurnCause.GAP && received - lastReceived() <= gap();
        return now <= deadline() || receivedInTime;
    }

    /// Returns the cause with which this turn ends when its deadline has passed.
    TurnCause causeOfDeadline() {
        return deadline() < lastTime() + gap() ? TurnCause.MAX_DURATION : TurnCause.GAP;
    }

    long firstOffset() {
        return bytes.getLong(FIRST_OFFSET);
    }

    public long firstTime() {
        return bytes.getLong(FIRST_TIME);
    }

    public long lastTime() {
        return bytes.getLong(LAST_TIME);
    }

    long lastReceived() {
        return bytes.getLong(LAST_RECEIVED);
    }

    public long deadline() {
        return bytes.getLong(DEADLINE);
    }

    /// The gap in force at the last message, in milliseconds.
    long gap() {
        return bytes.getLong(GAP);
    }

    public int messages() {
        return bytes.getInt(MESSAGES);
    }

    /// The total size of all messages, in bytes.
    int messageBytes() {
        return stored.length - framesAt - messages() * FRAME_HEAD_BYTES;
    }

    /// The messages in the order of the log.
    public List<Frame> frames() {
        List<Frame> frames = new ArrayList<>(messages());
        int at = framesAt;
        while (at < stored.length) {
            int length = bytes.getInt(at + Long.BYTES);
            frames.add(new Frame(bytes.getLong(at), bytes.slice(at + FRAME_HEAD_BYTES, length)));
            at = frameAfter(at);
        }
        return frames;
    }

    /// Whether the turn has a message with this id whose time is not before the given one.
    boolean has(long id, long since) {
        for (int at = framesAt; at < stored.length; at = frameAfter(at)) {
            if (bytes.getLong(at + FRAME_ID) == id && bytes.getLong(at + FRAME_ID + Long.BYTES) >= since) {
                return true;
            }
        }
        return false;
    }

    /// Returns what a conversation has seen after this turn has ended.
    SeenMessages addedTo(SeenMessages before) {
        SeenMessages seen = before;
        for (int at = framesAt; at < stored.length; at = frameAfter(at)) {
            seen = seen.with(bytes.getLong(at + FRAME_ID), bytes.getLong(at + FRAME_ID + Long.BYTES));
        }
        return seen;
    }

    private int frameAfter(int at) {
        return at + FRAME_HEAD_BYTES + bytes.getInt(at + Long.BYTES);
    }

    byte[] toBytes() {
        return stored;
    }
}
