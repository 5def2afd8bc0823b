package lull.bridge.inbound.transcripts;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import lull.bridge.chats.ChatBook;
import lull.lanes.results.AcknowledgedProducer;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.voice.TranscriberSettings;
import lull.whatsapp.MediaFolder;
import lull.whatsapp.MediaSettings;

/// Settings of transcripts of voice notes for agents, besides those of the service that transcribes.
public final class TranscriptSettings {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);

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

    static final Setting<String> TO_CUSTOMER = Setting.text(
                    "transcribe.to.customer",
                    "",
                    "Text that customers get as an answer to a voice note, so that they can correct what was understood;"
                            + " `{words}` stands for what is said. It is a message like any other, so it may be charged."
                            + " Empty means that they get nothing")
            .checked(
                    text -> text.isEmpty() || text.contains(TranscriptToCustomer.WORDS),
                    "must contain " + TranscriptToCustomer.WORDS);

    /// All settings of this class.
    public static final List<Setting<?>> ALL = List.of(PATIENCE, WAIT, TO_CUSTOMER);

    private TranscriptSettings() {}

    /// Returns how long the flow waits.
    public static VoiceToTranscript.Options options(Settings settings) {
        return new VoiceToTranscript.Options(settings.get(WAIT), settings.get(PATIENCE));
    }

    /// Returns what customers get of their voice notes.
    public static TranscriptToCustomer toCustomer(
            Settings settings, ChatBook book, AcknowledgedProducer producer, InstantSource clock) {
        return new TranscriptToCustomer(settings.get(TO_CUSTOMER), book, producer, clock);
    }

    /// Returns the folder for voice notes. It is next to the folder for files, which therefore never
    /// waits for voice notes.
    public static MediaFolder folder(Settings settings) {
        return MediaSettings.folderBeside(settings, "voices", settings.get(TranscriberSettings.AT_ONCE));
    }
}
