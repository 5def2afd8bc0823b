package lull.runtime.process;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import lull.runtime.admin.AdminSettings;
import lull.runtime.http.HttpSettings;
import lull.runtime.kafka.TopicSettings;
import lull.runtime.settings.Setting;

/// Settings that every process has: its own, and those of its ports and topics.
public final class ProcessSettings {

    public static final Setting<Duration> STOP_TIMEOUT = Setting.duration(
            "stop.timeout",
            "25s",
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            "How long a process may take to stop before it exits anyway; what has not stopped by then is logged."
                    + " Set it lower than the grace period of the supervisor (usually 30s), and higher than"
                    + " `lane.drain` and `ingress.ack.timeout`");

    /// All settings.
    public static final List<Setting<?>> ALL = Stream.of(
                    AdminSettings.ALL, HttpSettings.ALL, TopicSettings.ALL, List.<Setting<?>>of(STOP_TIMEOUT))
            .<Setting<?>>flatMap(List::stream)
            .toList();

    private ProcessSettings() {}
}
