package lull.voice;

import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import lull.runtime.aws.AwsAction;
import lull.runtime.aws.AwsRight;
import lull.runtime.aws.AwsSettings;
import lull.runtime.http.CallSettings;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of the service that transcribes voice notes.
public final class TranscriberSettings {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);

    public static final Setting<Boolean> ENABLED = Setting.flag(
            "transcribe",
            false,
            "Whether voice notes are transcribed by Amazon Transcribe, so that agents and assistants can read them. The"
                    + " flag `transcripts` switches it off live");

    static final Setting<List<String>> LANGUAGES = Formats.LANGUAGE_TAG.ofEach(Setting.list(
            "transcribe.languages",
            "en-US",
            "Language code of voice notes, such as en-US; or several, separated by commas, from which Amazon"
                    + " Transcribe identifies the language"));

    static final Setting<Optional<String>> REGION = Formats.REGION.ofOptional(Setting.optional(
            "transcribe.region",
            "AWS Region of Amazon Transcribe. Empty means `connect.region` for agents, and `destination.<name>.region` for an"
                    + " assistant"));

    static final Setting<Optional<URI>> ENDPOINT =
            Setting.optionalUri("transcribe.endpoint", "Endpoint of Amazon Transcribe, if it is not AWS's own");

    public static final Setting<Integer> AT_ONCE = Setting.number(
            "transcribe.at.once", 4, 1, 1000, "Maximum number of voice notes that this process transcribes at a time");

    static final Setting<Duration> TIMEOUT =
            Setting.duration("transcribe.timeout", "2m", SECOND, DAY, "Timeout of the transcription of one voice note");

    /// All settings of this class.
    public static final List<Setting<?>> ALL = List.of(ENABLED, LANGUAGES, REGION, ENDPOINT, AT_ONCE, TIMEOUT);

    private TranscriberSettings() {}

    /// Returns the right in AWS that a process needs which transcribes with these settings.
    public static List<AwsRight> rights(Settings settings) {
        // Amazon Transcribe has no resources that a policy could name.
        return settings.get(ENABLED)
                ? List.of(new AwsRight(
                        "TranscribeVoiceNotes", EnumSet.of(AwsAction.START_STREAM_TRANSCRIPTION), List.of("*")))
                : List.of();
    }

    /// Returns the options for calls of Amazon Transcribe.
    ///
    /// @param region if no other is set
    public static AwsTranscriber.Options transcriber(Settings settings, String region) {
        return new AwsTranscriber.Options(
                settings.get(LANGUAGES),
                settings.get(REGION).orElse(region),
                settings.get(ENDPOINT),
                AwsSettings.usesPlaceholder(settings),
                CallSettings.CONNECT_TIMEOUT,
                settings.get(TIMEOUT),
                settings.get(AT_ONCE));
    }
}
