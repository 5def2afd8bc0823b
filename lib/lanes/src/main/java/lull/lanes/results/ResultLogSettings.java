package lull.lanes.results;

import java.time.Duration;
import java.util.List;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of results: how they are written, and which of them are read back.
public final class ResultLogSettings {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    public static final Setting<Duration> ACK_TIMEOUT = Setting.duration(
            "bridge.ack.timeout",
            "10s",
            SECOND,
            MINUTE,
            "How long the bridge waits for the broker to acknowledge a record");

    public static final Setting<Duration> READ_TIMEOUT = Setting.duration(
            "chat.read.timeout", "10s", SECOND, MINUTE, "Timeout for reading connect.chat to its current end");

    public static final Setting<Integer> REMEMBERED = Setting.number(
            "sent.remembered",
            20_000,
            100,
            1_000_000,
            "Maximum number of sent parts and replies that are read back for each partition, so that nothing is"
                    + " sent twice");

    public static final Setting<Duration> REMEMBERED_FOR = Setting.duration(
            "sent.remembered.for",
            "24h",
            HOUR,
            Duration.ofDays(7),
            "Maximum age of the sent parts and replies that are read back");

    public static final Setting<Duration> REFRESH_EVERY = Setting.duration(
            "sent.refresh.every",
            "1s",
            Duration.ofMillis(10),
            MINUTE,
            "How often records that other processes have written to a partition are read while a record is in doubt"
                    + " (delivery unknown)");

    /// All settings.
    public static final List<Setting<?>> ALL =
            List.of(ACK_TIMEOUT, READ_TIMEOUT, REMEMBERED, REMEMBERED_FOR, REFRESH_EVERY);

    private ResultLogSettings() {}

    /// Returns the bounds of what is read back.
    ///
    /// @param maxAge of a result
    public static KafkaPartitionTailReader.Options bounds(Settings settings, Duration maxAge) {
        return new KafkaPartitionTailReader.Options(
                settings.get(REMEMBERED), maxAge, settings.get(REFRESH_EVERY), settings.get(READ_TIMEOUT));
    }
}
