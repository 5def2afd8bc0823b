package lull.lanes;

import java.time.Duration;
import java.util.List;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of lanes, which all flows have.
public final class LaneSettings {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    static final Setting<Integer> SLOTS =
            Setting.number("lane.slots", 256, 1, 10_000, "Maximum number of records that a flow handles at a time");

    static final Setting<Integer> MAX_RECORDS = Setting.number(
            "lane.max.records",
            20_000,
            1,
            10_000_000,
            "Maximum number of records in a flow's memory that are not waiting for a retry; if it is reached, the"
                    + " flow fetches no more");

    static final Setting<Integer> MAX_MEBIBYTES = Setting.number(
            "lane.max.mebibytes",
            64,
            1,
            65_536,
            "Maximum size of these records, in MiB; if it is reached, the flow fetches no more");

    static final Setting<Integer> MAX_STUCK_RECORDS = Setting.number(
            "lane.max.stuck.records",
            100_000,
            1,
            10_000_000,
            "Maximum number of records in a flow's memory whose conversation waits for a retry; if it is reached,"
                    + " the flow fetches no more. Records of paused business numbers use at most half of it; the"
                    + " rest of them is dropped from memory and read again later");

    static final Setting<Integer> MAX_STUCK_MEBIBYTES = Setting.number(
            "lane.max.stuck.mebibytes",
            128,
            1,
            65_536,
            "Maximum size of these waiting records, in MiB; if it is reached, the flow fetches no more");

    public static final Setting<Duration> SESSION_TIMEOUT = Setting.duration(
            "lane.session.timeout",
            "30s",
            Duration.ofSeconds(6),
            Duration.ofMinutes(5),
            "Time after which the consumer group removes an instance that does not respond (session.timeout.ms);"
                    + " external calls start only within half of this time after a poll");

    public static final Setting<Duration> DRAIN = Setting.duration(
            "lane.drain",
            "10s",
            Duration.ZERO,
            MINUTE,
            "How long running records may take to finish when their partition moves to another instance or"
                    + " the process stops");

    static final Setting<Duration> COMMIT_EVERY = Setting.duration(
            "lane.commit.every", "1s", Duration.ofMillis(10), MINUTE, "Time between commits of offsets");

    static final Setting<Integer> MAX_FAILURES = Setting.number(
            "lane.max.unexpected.failures",
            10,
            1,
            1_000,
            "How many times the handling of a record may fail unexpectedly before the record becomes a dead letter"
                    + " and the agent reads a note");

    public static final Setting<Duration> BACK_OFF_FIRST = Setting.duration(
            "lane.back.off.first", "500ms", Duration.ofMillis(1), MINUTE, "Maximum wait before the first retry");

    public static final Setting<Duration> BACK_OFF_MOST =
            Setting.duration("lane.back.off.most", "30s", Duration.ofMillis(1), HOUR, "Maximum wait before any retry");

    static final Setting<Duration> PAUSED_RETRY = Setting.duration(
            "lane.paused.retry",
            "30s",
            Duration.ofMillis(100),
            HOUR,
            "Time between two trial records while a business number or another scope is paused");

    /// All settings.
    public static final List<Setting<?>> ALL = List.of(
            SLOTS,
            MAX_RECORDS,
            MAX_MEBIBYTES,
            MAX_STUCK_RECORDS,
            MAX_STUCK_MEBIBYTES,
            SESSION_TIMEOUT,
            DRAIN,
            COMMIT_EVERY,
            MAX_FAILURES,
            BACK_OFF_FIRST,
            BACK_OFF_MOST,
            PAUSED_RETRY);

    private LaneSettings() {}

    /// Returns the limits of a flow.
    public static LaneOptions options(Settings settings) {
        return new LaneOptions(
                settings.get(SLOTS),
                settings.get(MAX_RECORDS),
                settings.get(MAX_MEBIBYTES) * 1024L * 1024L,
                settings.get(MAX_STUCK_RECORDS),
                settings.get(MAX_STUCK_MEBIBYTES) * 1024L * 1024L,
                Duration.ZERO,
                settings.get(SESSION_TIMEOUT),
                settings.get(DRAIN),
                settings.get(COMMIT_EVERY),
                new BackOff(settings.get(BACK_OFF_FIRST), settings.get(BACK_OFF_MOST)),
                settings.get(PAUSED_RETRY),
                settings.get(MAX_FAILURES));
    }
}
