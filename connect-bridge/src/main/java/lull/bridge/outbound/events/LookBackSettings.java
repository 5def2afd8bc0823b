package lull.bridge.outbound.events;

import java.time.Duration;
import java.util.List;
import lull.lanes.results.ResultLogSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of the checks of transcripts for events that did not arrive.
public final class LookBackSettings {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    public static final Setting<Boolean> ENABLED = Setting.flag(
            "transcript.look.back",
            true,
            "Whether the transcripts of open chats are checked for events that did not arrive");

    public static final Setting<Duration> REACH = Setting.duration(
            "transcript.reach",
            "1h",
            MINUTE,
            Duration.ofHours(12),
            "How far back transcripts are checked; events are lost only if the receiver is unavailable for longer"
                    + " than this");

    static final Setting<Duration> EVERY = Setting.duration(
            "transcript.every",
            "5m",
            SECOND,
            HOUR,
            "How often the transcript of an open chat is checked, in addition to the checks when an agent"
                    + " leaves and when the chat ends");

    static final Setting<Duration> BETWEEN = Setting.duration(
            "transcript.between",
            "500ms",
            Duration.ofMillis(1),
            MINUTE,
            "Maximum time between the regular checks of two chats; each check uses Connect's quota");

    static final Setting<Duration> BETWEEN_MIN = Setting.duration(
            "transcript.between.min",
            "200ms",
            Duration.ofMillis(1),
            MINUTE,
            "Minimum time between the regular checks of two chats, used if this process has so many chats that"
                    + " transcript.every could not be kept otherwise. All bridges together should leave some of"
                    + " Connect's quota of GetTranscript");

    /// All settings of this class.
    public static final List<Setting<?>> ALL = List.of(ENABLED, REACH, EVERY, BETWEEN, BETWEEN_MIN);

    private LookBackSettings() {}

    /// Returns the rules for missed events.
    public static TranscriptReconciler.Options missed(Settings settings) {
        return new TranscriptReconciler.Options(
                settings.get(ENABLED),
                settings.get(REACH),
                settings.get(EVERY),
                settings.get(ResultLogSettings.REMEMBERED_FOR));
    }

    /// Returns how fast the transcripts of all open chats are checked.
    public static TranscriptPoller.Intervals intervals(Settings settings) {
        Duration longest = settings.get(BETWEEN);
        Duration shortest = settings.get(BETWEEN_MIN);
        return new TranscriptPoller.Intervals(
                settings.get(EVERY),
                longest,
                shortest.compareTo(longest) < 0 ? shortest : longest,
                settings.get(REACH));
    }
}
