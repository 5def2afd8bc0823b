package lull.bridge.outbound.joins;

import java.time.Duration;
import java.util.List;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of the texts that are sent as one message.
public final class JoinSettings {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    public static final Setting<Duration> GAP = Setting.duration(
            "reply.gap",
            "0s",
            Duration.ZERO,
            MINUTE,
            "Silence of an agent or bot in Amazon Connect after which their texts are sent to WhatsApp: texts that"
                    + " follow each other within it become one message with a line for each. It delays every text by"
                    + " that time, except the first of a chat. `bin/lull cost replies` shows what it would save. 0s"
                    + " sends each text at once");

    public static final Setting<Duration> TYPING = Setting.duration(
            "reply.gap.typing",
            "10s",
            Duration.ZERO,
            MINUTE,
            "How long the sender counts as typing after Amazon Connect's typing event, which it sends every 10 seconds;"
                    + " the next text in this time joins the message. 0s ignores typing");

    public static final Setting<Duration> MAX_DURATION = Setting.duration(
            "reply.max.duration",
            "20s",
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            "Maximum time that a text waits for further texts");

    public static final Setting<Integer> MAX_TEXTS =
            Setting.number("reply.max.texts", 20, 2, 100, "Maximum number of texts in one message");

    /// All settings of this class.
    public static final List<Setting<?>> ALL = List.of(GAP, TYPING, MAX_DURATION, MAX_TEXTS);

    private JoinSettings() {}

    /// Returns the rules for joining texts.
    ///
    /// @param maxCharacters of a message
    /// @param late how long events may take to arrive
    public static JoinPolicy policy(Settings settings, int maxCharacters, Duration late) {
        return new JoinPolicy(
                settings.get(GAP),
                settings.get(TYPING),
                settings.get(MAX_DURATION),
                settings.get(MAX_TEXTS),
                maxCharacters,
                late);
    }
}
