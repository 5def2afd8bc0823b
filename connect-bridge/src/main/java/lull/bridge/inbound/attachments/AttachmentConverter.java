package lull.bridge.inbound.attachments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import lull.bridge.inbound.attachments.ConverterSlots.Slot;
import lull.contract.message.Content;
import lull.text.FileTrouble;
import lull.whatsapp.MediaFolder;

/// Converter of files to formats that Connect accepts. A file that Connect accepts already stays as it is.
public final class AttachmentConverter {

    /// Reason why a file that needs a converter waits.
    static final String ALL_IN_USE = "All picture.processes or voice.processes are in use";

    private final ConnectAttachmentRules rules;
    private final WavConverter wav;
    private final PngConverter png;
    private final FileMetrics metrics;

    /// @param wav converts audio to WAV
    /// @param png converts pictures to PNG
    public AttachmentConverter(ConnectAttachmentRules rules, WavConverter wav, PngConverter png, FileMetrics metrics) {
        this.rules = rules;
        this.wav = wav;
        this.png = png;
        this.metrics = metrics;
    }

    /// Result of the preparation of a file.
    public sealed interface Prepared {

        /// It can be uploaded.
        ///
        /// @param path the file in the form in which it is uploaded
        record Ready(String name, String mimeType, Path path, long bytes) implements Prepared {}

        /// It cannot be uploaded.
        record Unfit(FileTrouble why) implements Prepared {}

        /// It may be prepared later: all processes of its converter are in use.
        record Retry() implements Prepared {}
    }

    /// Returns the maximum size of a file for Connect.
    public long maxBytes() {
        return rules.maxBytes();
    }

    /// Returns the slot for the process that the conversion of a file will need, by the type in its
    /// message; empty if all are in use.
    Optional<Slot> reserve(Content.Media media) throws InterruptedException {
        String type = Objects.requireNonNullElse(media.mimeType(), "");
        int end = type.indexOf(';');
        Optional<ConverterSlots> slots =
                switch (rules.judge(media, (end < 0 ? type : type.substring(0, end)).strip(), 0)) {
                    case ConnectAttachmentRules.AsPng png -> Optional.of(this.png.slots());
                    case ConnectAttachmentRules.AsWav(String _, ConnectAttachmentRules.Sound sound) -> wav.slots(sound);
                    case ConnectAttachmentRules.Fits fits -> Optional.empty();
                    case ConnectAttachmentRules.Unfit unfit -> Optional.empty();
                };
        return slots.isEmpty() ? Optional.of(Slot.none()) : slots.get().take();
    }

    /// Prepares the downloaded file.
    ///
    /// @param mimeType without parameters
    /// @param held the slot that [#reserve] returned for it
    Prepared prepare(Content.Media media, String mimeType, long bytes, MediaFolder.Place place, Slot held)
            throws InterruptedException {
        return switch (rules.judge(media, mimeType, bytes)) {
            case ConnectAttachmentRules.Fits(String name, String type) ->
                new Prepared.Ready(name, type, place.original(), bytes);
            case ConnectAttachmentRules.AsPng(String name) -> asPng(name, place, held);
            case ConnectAttachmentRules.AsWav(String name, ConnectAttachmentRules.Sound sound) ->
                asWav(name, sound, place, held);
            case ConnectAttachmentRules.Unfit(FileTrouble why) -> new Prepared.Unfit(why);
        };
    }

    private Prepared asPng(String name, MediaFolder.Place place, Slot held) throws InterruptedException {
        if (held.isOf(png.slots())) {
            return asPng(name, place);
        }
        // WhatsApp reports another type than the message did.
        Optional<Slot> taken = png.slots().take();
        if (taken.isEmpty()) {
            return new Prepared.Retry();
        }
        try (Slot _ = taken.get()) {
            return asPng(name, place);
        }
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
            case TIMED_OUT, FAILED -> new Prepared.Unfit(FileTrouble.NOT_CONVERTED);
        };
    }

    private Prepared asWav(String name, ConnectAttachmentRules.Sound sound, MediaFolder.Place place, Slot held)
            throws InterruptedException {
        long start = System.nanoTime();
        WavConverter.Result result = wav.convert(sound, place.original(), place.converted(), rules.maxBytes(), held);
        metrics.mediaConverted(
                "wav", result.name().toLowerCase(Locale.ROOT), Duration.ofNanos(System.nanoTime() - start));
        return switch (result) {
            case OK -> converted(name, "audio/wav", place.converted());
            case TOO_LARGE -> new Prepared.Unfit(FileTrouble.TOO_LARGE);
            case DAMAGED -> new Prepared.Unfit(FileTrouble.DAMAGED);
            case TIMED_OUT, FAILED -> new Prepared.Unfit(FileTrouble.NOT_CONVERTED);
            case UNSUPPORTED -> new Prepared.Unfit(FileTrouble.TYPE);
            case BUSY -> new Prepared.Retry();
        };
    }

    private Prepared converted(String name, String mimeType, Path path) {
        try {
            long bytes = Files.size(path);
            return bytes > rules.maxBytes()
                    ? new Prepared.Unfit(FileTrouble.TOO_LARGE)
                    : new Prepared.Ready(name, mimeType, path, bytes);
        } catch (IOException e) {
            return new Prepared.Unfit(FileTrouble.NOT_CONVERTED);
        }
    }
}
