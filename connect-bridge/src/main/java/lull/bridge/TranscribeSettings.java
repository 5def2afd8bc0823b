package lull.bridge;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lull.bridge.inbound.transcripts.AwsTranscriber;
import lull.bridge.inbound.transcripts.VoiceToTranscript;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.whatsapp.MediaFolder;

/// The settings of transcripts of voice notes.
final class TranscribeSettings {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);

    static final Setting<Boolean> ENABLED =
            Setting.flag("transcribe", false, "Whether agents read what is said in voice notes, by Amazon Transcribe");

    static final Setting<List<String>> LANGUAGES = Formats.LANGUAGE_TAG.ofEach(Setting.list(
            "transcribe.languages",
            "en-US",
            "Language of voice notes by Amazon's code, or several separated by commas, among which it is found out"));

    static final Setting<Optional<String>> REGION = Formats.REGION.ofOptional(
            Setting.optional("transcribe.region", "AWS Region of Amazon Transcribe, where it is not `connect.region`"));

    static final Setting<Optional<URI>> ENDPOINT =
            Setting.optionalUri("transcribe.endpoint", "Amazon Transcribe's address, where it is not AWS's own");

    static final Setting<Integer> AT_ONCE = Setting.number(
            "transcribe.at.once", 4, 1, 1000, "Voice notes that this process has transcribed at the same time");

    static final Setting<Duration> TIMEOUT =
            Setting.duration("transcribe.timeout", "2m", SECOND, DAY, "How long one voice note may take there");

    static final Setting<Duration> PATIENCE = Setting.duration(
            "transcribe.patience",
            "5m",
            Duration.ZERO,
            DAY,
            "How long a transcript is tried for once its note is in the chat, until the agent is told that there is none");

    static final Setting<Duration> WAIT = Setting.duration(
            "transcribe.wait", "1h", SECOND, Duration.ofDays(7), "How long it waits for its note to be in the chat");

    /// All of them.
    static final List<Setting<?>> ALL = List.of(ENABLED, LANGUAGES, REGION, ENDPOINT, AT_ONCE, TIMEOUT, PATIENCE, WAIT);

    private TranscribeSettings() {}

    static AwsTranscriber.Options transcriber(Settings settings) {
        return new AwsTranscriber.Options(
                settings.get(LANGUAGES),
                settings.get(REGION).orElseGet(() -> settings.get(BridgeSettings.REGION)),
                settings.get(ENDPOINT),
                BridgeSettings.connect(settings).placeholderCredentials(),
                BridgeSettings.CONNECT_TIMEOUT,
                settings.get(TIMEOUT),
                settings.get(AT_ONCE));
    }

    static VoiceToTranscript.Rules rules(Settings settings) {
        return new VoiceToTranscript.Rules(settings.get(WAIT), settings.get(PATIENCE));
    }

    /// The folder through which notes pass: beside that for files, which waits for nothing here.
    static MediaFolder folder(Settings settings) {
        int places = settings.get(AT_ONCE);
        return settings.get(ChatSettings.MEDIA_FOLDER)
                .map(media -> Path.of(media).toAbsolutePath())
                .map(media -> MediaFolder.open(media.resolveSibling(media.getFileName() + "-voices"), places))
                .orElseGet(() -> MediaFolder.ofProcess(ChatSettings.TEMPORARY, "lull-voices", places));
    }
}
