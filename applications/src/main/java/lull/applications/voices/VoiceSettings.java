package lull.applications.voices;

import java.time.Duration;
import lull.runtime.settings.DestinationSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of the voice notes that a destination reads.
public final class VoiceSettings {

    private VoiceSettings() {}

    /// How long a turn waits for the transcripts of its voice notes.
    public static Setting<Duration> within(String destination) {
        return Setting.duration(
                DestinationSettings.named(destination, "transcripts.within"),
                "10s",
                Duration.ZERO,
                Duration.ofMinutes(5),
                "How long a turn waits for the transcripts of its voice notes, and at most half of the time for its"
                        + " answer, if `transcribe` is on; after that it goes on without them. 0 means that voice notes"
                        + " are not read. Programs get transcripts only if it is given");
    }

    /// Whether a destination reads voice notes, if they are transcribed: an assistant unless this is switched off, a
    /// program only if it is switched on. In Chatwoot persons hear them.
    public static boolean reads(Settings settings, String destination) {
        Setting<Duration> within = within(destination);
        boolean isOn = !settings.get(within).isZero();
        return switch (settings.get(DestinationSettings.kind(destination))) {
            case ASSISTANT -> isOn;
            case HTTP, LAMBDA, SQS -> isOn && settings.isGiven(within);
            case CHATWOOT, TOPIC -> false;
        };
    }
}
