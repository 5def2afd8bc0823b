package lull.aggregator.turn;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import lull.contract.message.GapSetting;
import org.jspecify.annotations.Nullable;

/// Gaps that the setting records of a partition have set so far, by business number; the empty number
/// stands for all others.
public record GapsInForce(SortedMap<String, Duration> byNumber) {

    static final GapsInForce NONE = new GapsInForce(new TreeMap<>());

    /// Stands for all business numbers without a gap of their own.
    public static final String ALL_OTHERS = "";

    /// Returns the gaps after a setting record.
    GapsInForce with(GapSetting setting) {
        String changed = setting.businessNumber();
        String number = changed == null ? ALL_OTHERS : changed;
        SortedMap<String, Duration> changedGaps = new TreeMap<>(byNumber);
        Duration gap = setting.gap();
        if (gap == null) {
            changedGaps.remove(number);
        } else {
            changedGaps.put(number, gap);
        }
        return new GapsInForce(changedGaps);
    }

    /// Returns the gap of a business number: the one that a record has set for it, else the one
    /// configured for it alone, else the one that a record has set for all others, else the topic's.
    public Duration gap(String businessNumber, InputPolicy configured) {
        Duration ofNumber = byNumber.get(businessNumber);
        if (ofNumber != null) {
            return ofNumber;
        }
        Duration ofAllOthers = byNumber.get(ALL_OTHERS);
        return ofAllOthers == null || configured.hasOwnGap(businessNumber)
                ? configured.of(businessNumber).gap()
                : ofAllOthers;
    }

    /// Returns these gaps as a policy.
    GapPolicy over(InputPolicy configured) {
        return (@Nullable OpenTurn _, ParsedMessage message) ->
                gap(message.conversation().businessNumber(), configured);
    }

    /// Writes a clock followed by the gaps, as the store keeps them.
    byte[] write(LogClock clock) {
        List<byte[]> numbers = byNumber.keySet().stream()
                .map(number -> number.getBytes(StandardCharsets.UTF_8))
                .toList();
        int size = LogClock.BYTES + Integer.BYTES;
        for (byte[] number : numbers) {
            size += Integer.BYTES + number.length + Long.BYTES;
        }
        byte[] stored = new byte[size];
        ByteBuffer out = ByteBuffer.wrap(stored);
        clock.write(out);
        out.putInt(numbers.size());
        Iterator<Duration> durations = byNumber.values().iterator();
        for (byte[] number : numbers) {
            out.putInt(number.length).put(number).putLong(durations.next().toMillis());
        }
        return stored;
    }

    /// Reads the gaps that follow a clock. The first version of Lull wrote none.
    static GapsInForce read(ByteBuffer in) {
        SortedMap<String, Duration> gaps = new TreeMap<>();
        int count = in.hasRemaining() ? in.getInt() : 0;
        for (int i = 0; i < count; i++) {
            byte[] number = new byte[in.getInt()];
            in.get(number);
            gaps.put(new String(number, StandardCharsets.UTF_8), Duration.ofMillis(in.getLong()));
        }
        return new GapsInForce(gaps);
    }
}
