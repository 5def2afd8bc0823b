package lull.bridge.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import lull.bridge.connect.Answer;
import lull.bridge.connect.Answer.Trouble;
import lull.bridge.connect.ConnectPort;
import lull.bridge.connect.ConnectPort.FileInfo;
import lull.bridge.connect.ConnectPort.Upload;
import lull.bridge.lane.Fence;
import lull.bridge.lane.Incoming;
import lull.bridge.media.Fetched;
import lull.bridge.media.FileRules;
import lull.bridge.media.FileTrouble;
import lull.bridge.media.MediaFolder;
import lull.bridge.media.MediaSource;
import lull.bridge.media.PngConverter;
import lull.bridge.metric.BridgeMetrics;
import lull.contract.message.Content;
import lull.contract.turn.Turn;

/// Attaches files to chats: from WhatsApp through a folder to Connect, converted on the way where that helps.
public final class Attaching {

    /// However old a turn is, its files are tried this often.
    private static final int FEWEST_ATTEMPTS = 3;

    /// Under how many tokens a file is announced: the address that the first announcement gave may have become too
    /// old.
    private static final int ANNOUNCEMENTS = 2;

    private final MediaSource source;
    private final MediaFolder folder;
    private final FileRules rules;
    private final Duration patience;
    private final ConnectPort connect;
    private final InstantSource clock;
    private final BridgeMetrics metrics;

    /// @param patience how long a turn waits for a file that WhatsApp does not give
    public Attaching(
            MediaSource source,
            MediaFolder folder,
            FileRules rules,
            Duration patience,
            ConnectPort connect,
            InstantSource clock,
            BridgeMetrics metrics) {
        this.source = source;
        this.folder = folder;
        this.rules = rules;
        this.patience = patience;
        this.connect = connect;
        this.clock = clock;
        this.metrics = metrics;
    }

    /// What became of a file.
    sealed interface Result {

        /// It is in the chat.
        record Attached(String attachmentId) implements Result {}

        /// It will never be; the agent is told why.
        record Refused(FileTrouble why) implements Result {}

        /// Perhaps later.
        record NotNow(String reason) implements Result {}

        /// Connect does not take it for another reason than the file.
        record Failed(Trouble trouble) implements Result {}
    }

    /// The client tokens of one file's calls, by the call's name and the number of the announcement.
    @FunctionalInterface
    interface Tokens {
        String of(String call, int announcement);
    }

    /// How large a file may be.
    long maxBytes() {
        return rules.maxBytes();
    }

    /// The file is not attached, and the agent is told.
    void refused(FileTrouble why) {
        metrics.fileLeft(why.name().toLowerCase(Locale.ROOT));
    }

    /// Fetches, checks and attaches a file.
    Result attach(Content.Media media, Incoming<Turn> incoming, String connectionToken, Tokens tokens, Fence fence)
            throws InterruptedException {
        Optional<MediaFolder.Place> free = folder.take();
        if (free.isEmpty()) {
            return new Result.NotNow("There is no room for files just now");
        }
        try (MediaFolder.Place place = free.get()) {
            String number = incoming.value().conversation().businessNumber();
            return switch (source.fetch(media, number, place.original())) {
                case Fetched.Here(String type, long bytes) ->
                    attach(media, type, bytes, place, connectionToken, tokens, fence);
                case Fetched.Refused(FileTrouble why) -> new Result.Refused(why);
                case Fetched.NotNow(String reason) ->
                    isTriedEnough(incoming) ? new Result.Refused(FileTrouble.UNREACHABLE) : new Result.NotNow(reason);
            };
        }
    }

    private boolean isTriedEnough(Incoming<Turn> incoming) {
        Instant limit = incoming.timestamp().plus(patience);
        return incoming.attempt() >= FEWEST_ATTEMPTS && clock.instant().isAfter(limit);
    }

    private Result attach(
            Content.Media media,
            String type,
            long bytes,
            MediaFolder.Place place,
            String connectionToken,
            Tokens tokens,
            Fence fence)
            throws InterruptedException {
        return switch (rules.judge(media, type, bytes)) {
            case FileRules.Fits(String name, String fits) ->
                upload(new FileInfo(name, fits, bytes), place.original(), connectionToken, tokens, fence);
            case FileRules.AsPng(String name) -> {
                Optional<FileInfo> png = converted(name, place);
                yield png.isPresent()
                        ? upload(png.get(), place.converted(), connectionToken, tokens, fence)
                        : new Result.Refused(FileTrouble.TYPE);
            }
            case FileRules.Unfit(FileTrouble why) -> new Result.Refused(why);
        };
    }

    private Optional<FileInfo> converted(String name, MediaFolder.Place place) {
        try {
            if (!PngConverter.convert(place.original(), place.converted())) {
                return Optional.empty();
            }
            long bytes = Files.size(place.converted());
            return bytes > rules.maxBytes() ? Optional.empty() : Optional.of(new FileInfo(name, "image/png", bytes));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Result upload(FileInfo info, Path file, String connectionToken, Tokens tokens, Fence fence)
            throws InterruptedException {
        for (int announcement = 0; announcement < ANNOUNCEMENTS; announcement++) {
            fence.check();
            Answer<Upload> started = connect.startUpload(connectionToken, info, tokens.of("upload", announcement));
            if (started instanceof Answer.Failed<Upload>(Trouble trouble)) {
                return notStarted(trouble);
            }
            Upload upload = ((Answer.Ok<Upload>) started).value();
            fence.check();
            if (connect.upload(upload, file) instanceof Answer.Failed<String>(Trouble trouble)
                    && !(trouble instanceof Trouble.Invalid)) {
                return new Result.Failed(trouble);
            }
            fence.check();
            // Also where the upload was refused: it may have been made by an attempt before.
            Answer<String> completed =
                    connect.completeUpload(connectionToken, upload.attachmentId(), tokens.of("complete", announcement));
            if (completed instanceof Answer.Ok<String>(String id)) {
                metrics.fileLeft("attached");
                return new Result.Attached(id);
            }
            Trouble trouble = ((Answer.Failed<String>) completed).trouble();
            if (!(trouble instanceof Trouble.Invalid)) {
                return trouble instanceof Trouble.QuotaReached
                        ? new Result.Refused(FileTrouble.TOO_MANY)
                        : new Result.Failed(trouble);
            }
        }
        return new Result.Refused(FileTrouble.NOT_TAKEN);
    }

    private static Result notStarted(Trouble trouble) {
        return switch (trouble) {
            case Trouble.Invalid invalid -> new Result.Refused(FileTrouble.TYPE);
            case Trouble.QuotaReached quota -> new Result.Refused(FileTrouble.TOO_MANY);
            case Trouble other -> new Result.Failed(other);
        };
    }
}
