package lull.voice;

import java.util.Optional;
import lull.contract.message.Content;
import lull.voice.Transcriber.Heard;
import lull.whatsapp.Fetched;
import lull.whatsapp.MediaFolder;
import lull.whatsapp.MediaSource;

/// Voice notes of customers as text: each is fetched into a folder and transcribed. Safe for several
/// threads.
public final class VoiceNotes {

    private final MediaSource source;
    private final MediaFolder folder;
    private final Transcriber transcriber;

    /// @param folder for voice notes only
    public VoiceNotes(MediaSource source, MediaFolder folder, Transcriber transcriber) {
        this.source = source;
        this.folder = folder;
        this.transcriber = transcriber;
    }

    /// Whether content is a voice note that can be fetched.
    public static boolean isOne(Content content) {
        return content instanceof Content.Media media && media.voice() && media.isFetchable();
    }

    /// Fetches and transcribes a voice note. Blocks for at most the timeouts of both, and never retries.
    ///
    /// @param number the business number to which it was sent
    public Heard hear(Content.Media note, String number) throws InterruptedException {
        Optional<MediaFolder.Place> free = folder.take();
        if (free.isEmpty()) {
            return new Heard.Retry("All media.places are in use");
        }
        try (MediaFolder.Place place = free.get()) {
            return switch (source.fetch(note, number, place.original())) {
                case Fetched.Here _ -> transcriber.transcribe(place.original());
                case Fetched.Refused _ -> new Heard.Refused("WhatsApp does not have the voice note");
                case Fetched.Retry(String reason) -> new Heard.Retry(reason);
            };
        }
    }
}
