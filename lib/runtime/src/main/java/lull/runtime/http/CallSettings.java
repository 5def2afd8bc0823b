package lull.runtime.http;

import java.time.Duration;
import java.util.List;
import lull.runtime.settings.Setting;

/// Limits of calls to other systems of any kind.
public final class CallSettings {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    public static final Setting<Duration> TRANSFER_TIMEOUT = Setting.duration(
            "attachments.transfer.timeout", "1m", SECOND, HOUR, "Timeout of one download or upload of a file");

    /// All settings.
    public static final List<Setting<?>> ALL = List.of(TRANSFER_TIMEOUT);

    /// The timeout for any kind of connection to be established.
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private CallSettings() {}
}
