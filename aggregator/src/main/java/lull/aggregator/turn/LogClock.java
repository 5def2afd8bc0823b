package lull.aggregator.turn;

import java.nio.ByteBuffer;

/// Clock of a partition, moved only by the append times of its records, in milliseconds. Immutable.
///
/// Append times may step back (a broker's clock was set, another broker leads) and may have jumped
/// ahead before. The clock adds up forward steps only: it never goes back, and it does not stand still
/// after a wrong jump.
///
/// @param now the clock's time; [#UNSET] before the first record
/// @param lastAppend append time of the latest record
/// @param settleUntil until when nothing closes by time, this time included; [#UNSET] if the log has no
///     hole
public record LogClock(long now, long lastAppend, long settleUntil) {

    static final long UNSET = Long.MIN_VALUE;

    /// The clock before the first record.
    static final LogClock START = new LogClock(UNSET, UNSET, UNSET);

    static final int BYTES = 3 * Long.BYTES;

    /// Returns the clock after a record that was appended at this time.
    LogClock advance(long append) {
        long moved = now == UNSET ? append : now + Math.max(0, append - lastAppend);
        return new LogClock(moved, append, settleUntil);
    }

    boolean settling() {
        return settleUntil != UNSET && now <= settleUntil;
    }

    /// Returns the clock after the test for a hole: a jump past the time for which a healthy ticker
    /// waits. That is the earliest deadline or, while settling, the end of settling if it is later.
    ///
    /// @param earliestDeadline of all open turns; `Long.MAX_VALUE` if there is none
    LogClock settle(long earliestDeadline, InputPolicy.HolePolicy rule) {
        if (earliestDeadline == Long.MAX_VALUE) {
            return settled();
        }
        long awaited = Math.max(settleUntil, earliestDeadline);
        if (now - rule.limit().toMillis() > awaited) {
            return new LogClock(now, lastAppend, now + rule.settle().toMillis());
        }
        return settling() ? this : settled();
    }

    /// Returns the clock of a log without a hole.
    LogClock settled() {
        return settleUntil == UNSET ? this : new LogClock(now, lastAppend, UNSET);
    }

    /// Returns a receive time limited to what is possible for the latest record: not later than its
    /// append, except for five seconds of difference between clocks, and not earlier than the longest
    /// time for which an ingress may hold a message.
    long clampReceived(long received, long ackTimeout) {
        long tolerance = 5_000;
        return Math.clamp(received, lastAppend - ackTimeout - tolerance, lastAppend + tolerance);
    }

    void write(ByteBuffer out) {
        out.putLong(now).putLong(lastAppend).putLong(settleUntil);
    }

    public static LogClock read(ByteBuffer in) {
        return new LogClock(in.getLong(), in.getLong(), in.getLong());
    }
}
