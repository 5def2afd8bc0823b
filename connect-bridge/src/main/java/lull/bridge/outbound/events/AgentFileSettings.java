package lull.bridge.outbound.events;

import java.time.Duration;
import java.util.List;
import lull.runtime.http.CallSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of agents' files on their way to WhatsApp.
public final class AgentFileSettings {

    private static final Duration SECOND = Duration.ofSeconds(1);

    static final Setting<Integer> MAX_MEBIBYTES = Setting.number(
            "agent.file.max.mebibytes",
            100,
            1,
            100,
            "Maximum size of an agent's file that is sent to the customer, in MiB");

    static final Setting<Integer> JSON_MAX_MEBIBYTES = Setting.number(
            "agent.file.json.max.mebibytes",
            16,
            1,
            100,
            "Maximum size of an agent's file that is sent to a channel of the kind json, z-api or evolution, in MiB. It is"
                    + " part of the request, in base64");

    public static final Setting<Duration> TIMEOUT = Setting.duration(
            "agent.file.timeout",
            "60s",
            SECOND,
            Duration.ofMinutes(10),
            "Timeout of the download of an agent's file from Amazon Connect, and of its upload to WhatsApp or another"
                    + " channel");

    /// All settings of this class.
    public static final List<Setting<?>> ALL = List.of(MAX_MEBIBYTES, JSON_MAX_MEBIBYTES, TIMEOUT);

    private AgentFileSettings() {}

    /// Returns the limits of files.
    public static AgentFiles.Options options(Settings settings) {
        return new AgentFiles.Options(
                settings.get(MAX_MEBIBYTES) * 1024L * 1024L,
                settings.get(JSON_MAX_MEBIBYTES) * 1024L * 1024L,
                CallSettings.CONNECT_TIMEOUT,
                settings.get(TIMEOUT));
    }
}
