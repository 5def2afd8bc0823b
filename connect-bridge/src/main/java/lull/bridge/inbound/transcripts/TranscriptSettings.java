package lull.bridge.inbound.transcripts;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lull.connect.ConnectSettings;
import lull.runtime.aws.AwsSettings;
import lull.runtime.http.CallSettings;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.whatsapp.MediaFolder;
import lull.whatsapp.MediaSettings;

/// Settings of transcripts of voice notes.
public final class TranscriptSettings {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);

    public static final Setting<Boolean> ENABLED = Setting.flag(
            "transcribe",
            false,
            "Whether voice notes are transcribed by Amazon Transcribe, so that agents can read them. The flag"
                    + " `transcripts` switches it off live");

    static final Setting<List<String>> LANGUAGES = Formats.LANGUAGE_TAG.ofEach(Setting.list(
            "transcribe.languages",
            "en-US",
            "Language code of voice notes, such as en-US; or several, separated by commas, from which Amazon"
                    + " Transcribe identifies the language"));

    static final Setting<Optional<String>> REGION = Formats.REGION.ofOptional(
            Setting.optional("transcribe.region", "AWS Region of Amazon Transcribe, if it is not `connect.region`"));

    static final Setting<Optional<URI>> ENDPOINT =
            Setting.optionalUri("transcribe.endpoint", "Endpoint of Amazon Transcribe, if it is not AWS's own");

    static final Setting<Integer> AT_ONCE = Setting.number(
            "transcribe.at.once", 4, 1, 1000, "Maximum number of voice notes that this process transcribes at a time");

    static final Setting<Duration> TIMEOUT =
            Setting.duration("transcribe.timeout", "2m", SECOND, DAY, "Timeout of the transcription of one voice note");

    static final Setting<Duration> PATIENCE = Setting.duration(
            "transcribe.patience",
            "5m",
            Duration.ZERO,
            DAY,
            "How long the transcription of a voice note is retried once the voice note is in the chat; after that"
                    + " the agent reads a note that there is no transcript");

    static final Setting<Duration> WAIT = Setting.duration(
            "transcribe.wait",
            "1h",
            SECOND,
            Duration.ofDays(7),
            "How long a transcript waits for its voice note to be in the chat");

    /// All settings of this class.
    public static final List<Setting<?>> ALL =
            List.of(ENABLED, LANGUAGES, REGION, ENDPOINT, AT_ONCE, TIMEOUT, PATIENCE, WAIT);

    private TranscriptSettings() {}

    /// Returns the options for calls of Amazon Transcribe.
    public static AwsTranscriber.Options transcriber(Settings settings) {
        return new AwsTranscriber.Options(
                settings.get(LANGUAGES),
                settings.get(REGION).orElseGet(() -> settings.get(ConnectSettings.REGION)),
                settings.get(ENDPOINT),
                AwsSettings.usesPlaceholder(settings),
                CallSettings.CONNECT_TIMEOUT,
                settings.get(TIMEOUT),
                settings.get(AT_ONCE));
    }

    /// Returns how long the flow waits.
    public static VoiceToTranscript.Options options(Settings settings) {
        return new VoiceToTranscript.Options(settings.get(WAIT), settings.get(PATIENCE));
    }

    /// Returns the folder for voice notes. It is next to the folder for files, which therefore never
    /// waits for voice notes.
    public static MediaFolder folder(Settings settings) {
        return MediaSettings.folderBeside(settings, "voices", settings.get(AT_ONCE));
    }
}
