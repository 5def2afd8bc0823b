package lull.bridge.inbound.attachments;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import lull.bridge.inbound.attachments.AttachmentConverter.Prepared;
import lull.bridge.inbound.attachments.ConverterSlots.Slot;
import lull.contract.message.Content;
import lull.contract.message.ContentKind;
import lull.text.FileTrouble;
import lull.whatsapp.MediaFolder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AttachmentConverterTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void onlyAFileThatNeedsAConverterWaitsForItAndDoesSoBeforeItHasAPlace() throws Exception {
        PngConverter png = png(LONG);
        SoundProgram program = program();
        AttachmentConverter converter = converter(png, program);

        try (Slot _ = png.slots().take().orElseThrow();
                Slot _ = program.slots().take().orElseThrow()) {
            assertThat(converter.reserve(media(ContentKind.STICKER, "image/webp")))
                    .isEmpty();
            assertThat(converter.reserve(media(ContentKind.AUDIO, "audio/mpeg; x=y")))
                    .isEmpty();
            assertThat(converter.reserve(media(ContentKind.IMAGE, "image/jpeg")))
                    .isPresent();
            assertThat(converter.reserve(media(ContentKind.AUDIO, "audio/ogg; codecs=opus")))
                    .isPresent();
            assertThat(converter.reserve(media(ContentKind.DOCUMENT, null))).isPresent();
        }
        Slot held = converter.reserve(media(ContentKind.STICKER, "image/webp")).orElseThrow();
        assertThat(held.isOf(png.slots())).isTrue();
        held.close();
        held.close();
        assertThat(png.slots().take()).isPresent();
        assertThat(png.slots().take()).isEmpty();
    }

    @Test
    void aPictureWhoseConversionTakesTooLongIsNotSaidToBeOfAWrongType() throws Exception {
        AttachmentConverter converter = converter(png(Duration.ofMillis(1)), program());
        try (MediaFolder folder = MediaFolder.open(directory.resolve("media"), 1);
                MediaFolder.Place place = folder.take().orElseThrow()) {
            byte[] file = WebpFiles.webp(WebpFiles.lossless(16, 16));
            Files.write(place.original(), file);

            assertThat(converter.prepare(
                            media(ContentKind.STICKER, null), "image/webp", file.length, place, Slot.none()))
                    .isEqualTo(new Prepared.Unfit(FileTrouble.NOT_CONVERTED));
        }
    }

    private static Content.Media media(ContentKind kind, @Nullable String type) {
        return new Content.Media(kind, "1", type, null, null, null, false, false, null);
    }

    private static PngConverter png(Duration timeout) {
        return new PngConverter(new PngConverter.Options(1 << 20, 64, timeout, LONG, 1));
    }

    private SoundProgram program() throws Exception {
        Path tool = directory.resolve("tool");
        Files.writeString(tool, "#!/bin/sh\nexit 0\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        return SoundProgram.find(tool.toString(), "", new SoundProgram.Options(LONG, LONG, 1024, 1))
                .orElseThrow();
    }

    private static AttachmentConverter converter(PngConverter png, SoundProgram program) {
        return new AttachmentConverter(
                new ConnectAttachmentRules(Set.of("jpg", "png", "wav"), 20L << 20),
                new WavConverter(Optional.of(program), LONG, 2),
                png,
                new FileMetrics(new SimpleMeterRegistry()));
    }
}
