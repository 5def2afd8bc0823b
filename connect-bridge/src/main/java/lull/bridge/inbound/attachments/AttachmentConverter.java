package lull.bridge.inbound.attachments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import lull.bridge.text.FileTrouble;
import lull.contract.message.Content;
import lull.whatsapp.MediaFolder;

/// Converter of files to formats that Connect accepts. A file that Connect accepts already stays as it is.
public final class AttachmentConverter {

    private final ConnectAttachmentRules rules;
    private final WavConverter wav;
    private final PngConverter png;
    private final FileMetrics metrics;

    /// @param wav makes WAVs of sounds
    /// @param png makes PNGs of pictures
    public AttachmentConverter(ConnectAttachmentRules rules, WavConverter wav, PngConverter png, FileMetrics metrics) {
        this.rules = rules;
        this.wav = wav;
        this.png = png;
        this.metrics = metrics;
    }

    /// What became of a file.
    public sealed interface Prepared {

        /// It can go.
        ///
        /// @param path where it lies, in the form in which it goes
        record Ready(String name, String mimeType, Path path, long bytes) implements Prepared {}

        /// It does not go.
        record Unfit(FileTrouble why) implements Prepared {}
    }

    /// How large a file may be for Connect.
    public long maxBytes() {
        return rules.maxBytes();
    }

    /// Makes the file at a place ready.
    ///
    /// @param mimeType without parameters
    public Prepared prepare(Content.Media media, String mimeType, long bytes, MediaFolder.Place place)
            throws InterruptedException {
        return switch (rules.judge(media, mimeType, bytes)) {
            case ConnectAttachmentRules.Fits(String name, String type) ->
                new Prepared.Ready(name, type, place.original(), bytes);
            case ConnectAttachmentRules.AsPng(String name) -> asPng(name, place);
            case ConnectAttachmentRules.AsWav(String name, ConnectAttachmentRules.Sound sound) ->
                asWav(name, sound, place);
            case ConnectAttachmentRules.Unfit(FileTrouble why) -> new Prepared.Unfit(why);
        };
    }

    private Prepared asPng(String name, MediaFolder.Place place) throws InterruptedException {
        long start = System.nanoTime();
        PngConverter.Result result = png.convert(place.original(), place.converted());
        metrics.mediaConverted(
                "png", result.name().toLowerCase(Locale.ROOT), Duration.ofNanos(System.nanoTime() - start));
        return switch (result) {
            case OK -> converted(name, "image/png", place.converted());
            case TOO_LARGE -> new Prepared.Unfit(FileTrouble.TOO_LARGE);
            case DAMAGED -> new Prepared.Unfit(FileTrouble.DAMAGED);
            case TIMED_OUT, FAILED -> new Prepared.Unfit(FileTrouble.TYPE);
        };
    }

    private Prepared asWav(String name, ConnectAttachmentRules.Sound sound, MediaFolder.Place place)
            throws InterruptedException {
        long start = System.nanoTime();
        WavConverter.Result result = wav.convert(sound, place.original(), place.converted(), rules.maxBytes());
        metrics.mediaConverted(
                "wav", result.name().toLowerCase(Locale.ROOT), Duration.ofNanos(System.nanoTime() - start));
        return switch (result) {
            case OK -> converted(name, "audio/wav", place.converted());
            case TOO_LARGE -> new Prepared.Unfit(FileTrouble.TOO_LARGE);
            case DAMAGED -> new Prepared.Unfit(FileTrouble.DAMAGED);
            case TIMED_OUT, FAILED, UNSUPPORTED -> new Prepared.Unfit(FileTrouble.TYPE);
        };
    }

    private Prepared converted(String name, String mimeType, Path path) {
        try {
            long bytes = Files.size(path);
            return bytes > rules.maxBytes()
                    ? new Prepared.Unfit(FileTrouble.TOO_LARGE)
                    : new Prepared.Ready(name, mimeType, path, bytes);
        } catch (IOException e) {
            return new Prepared.Unfit(FileTrouble.TYPE);
        }
    }
}
