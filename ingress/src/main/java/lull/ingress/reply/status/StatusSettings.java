package lull.ingress.reply.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of `GET /replies/{id}`, which is part of the ingress.
public final class StatusSettings {

    private static final Setting<Boolean> STATUS = Setting.flag(
            "replies.status",
            true,
            "Whether GET /replies/{id} answers what became of a reply, with the tokens in `replies.tokens`. The ingress"
                    + " then reads replies and their outcomes from Kafka");

    private static final Setting<Integer> REMEMBERED = Setting.number(
            "replies.status.remembered",
            100_000,
            1,
            10_000_000,
            "Maximum number of replies whose status this process remembers. 100,000 replies need about 50 MB of heap");

    private static final Setting<Duration> WINDOW = Setting.duration(
            "replies.status.window",
            "24h",
            Duration.ofMinutes(1),
            Duration.ofDays(7),
            "Maximum age of the replies and outcomes that are read when an ingress starts");

    /// All settings.
    public static final List<Setting<?>> ALL = List.of(STATUS, REMEMBERED, WINDOW);

    private StatusSettings() {}

    /// Whether statuses are followed, if applications have tokens.
    public static boolean isOn(Settings settings) {
        return settings.get(STATUS);
    }

    /// Returns what is read.
    public static ReplyFollower.Options options(Settings settings, Instant now) {
        return new ReplyFollower.Options(
                settings.get(REMEMBERED), now.minus(settings.get(WINDOW)), settings.get(TopicSettings.ACK_TIMEOUT));
    }
}
