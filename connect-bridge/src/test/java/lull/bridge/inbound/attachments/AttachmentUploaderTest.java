package lull.bridge.inbound.attachments;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import lull.bridge.inbound.attachments.AttachmentUploader.Result;
import lull.connect.FakeConnect;
import lull.contract.message.Content;
import lull.contract.message.ContentKind;
import lull.contract.turn.Turn;
import lull.lanes.Incoming;
import lull.media.MediaKeeper;
import lull.text.FileTrouble;
import lull.text.Turns;
import lull.whatsapp.Fetched;
import lull.whatsapp.MediaFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AttachmentUploaderTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ConverterSlots slots = new ConverterSlots(1, Duration.ZERO);
    private Instant now = Turns.NOW;

    @TempDir
    private Path directory;

    @Test
    void aStickerWaitsForAProcessThatConvertsItButNotForEver() throws Exception {
        slots.take();

        now = Turns.NOW.plus(PATIENCE);
        assertThat(attach(0)).isInstanceOf(Result.Retry.class);
        now = Turns.NOW.plus(PATIENCE).plusMillis(1);
        assertThat(attach(0)).isEqualTo(new Result.Refused(FileTrouble.NOT_CONVERTED, null, null));
    }

    @Test
    void aStickerThatFindsAProcessIsFetchedHoweverLongItHasWaited() throws Exception {
        now = Turns.NOW.plus(PATIENCE).plusSeconds(60);

        assertThat(attach(0)).isEqualTo(new Result.Retry("not there yet"));
    }

    private Result attach(int attempt) throws Exception {
        FileMetrics metrics = new FileMetrics(new SimpleMeterRegistry());
        Turn turn = Turns.ofTexts(1, "Hello");
        try (MediaFolder folder = MediaFolder.open(directory.resolve("media"), 1)) {
            return new AttachmentUploader(
                            (media, number, into) -> new Fetched.Retry("not there yet"),
                            folder,
                            new AttachmentConverter(
                                    new ConnectAttachmentRules(Set.of("jpg", "png"), 20L << 20),
                                    new WavConverter(Optional.empty(), PATIENCE, 2),
                                    new PngConverter(
                                            new PngConverter.Options(1 << 20, 64, PATIENCE, PATIENCE, 1),
                                            Path.of("java"),
                                            slots),
                                    metrics),
                            Optional.empty(),
                            MediaKeeper.off(),
                            PATIENCE,
                            new FakeConnect(),
                            () -> now,
                            metrics)
                    .attach(new AttachmentUploader.UploadRequest(
                            new Content.Media(
                                    ContentKind.STICKER, "1", "image/webp", null, null, null, false, false, null),
                            new Incoming<>(0, 0, 1, "k", turn, Turns.NOW, attempt),
                            "token",
                            false,
                            (call, announcement) -> call,
                            () -> {}));
        }
    }
}
