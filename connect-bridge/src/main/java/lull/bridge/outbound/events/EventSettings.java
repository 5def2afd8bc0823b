package lull.bridge.outbound.events;

import java.time.Duration;
import java.util.List;
import lull.bridge.outbound.joins.JoinSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.text.TextSettings;
import lull.whatsapp.WhatsAppSettings;

/// Settings of chat events on their way to replies.
public final class EventSettings {

    public static final Setting<Duration> HOLD_BACK = Setting.duration(
            "event.hold.back",
            "400ms",
            Duration.ZERO,
            Duration.ofSeconds(10),
            "How long a chat event waits for earlier events that arrive late");

    static final Setting<Integer> REMEMBERED = Setting.number(
            "event.remembered",
            50_000,
            100,
            10_000_000,
            "Number of chat events that are remembered, so that repeated events are ignored");

    /// All settings of this class.
    public static final List<Setting<?>> ALL = List.of(HOLD_BACK, REMEMBERED);

    private EventSettings() {}

    /// Returns the rules by which events become replies.
    public static EventToReply.Options options(Settings settings) {
        return new EventToReply.Options(
                settings.get(REMEMBERED),
                settings.get(TextSettings.LIST_BUTTON),
                JoinSettings.policy(settings, settings.get(WhatsAppSettings.MAX_CHARACTERS), settings.get(HOLD_BACK)));
    }
}
