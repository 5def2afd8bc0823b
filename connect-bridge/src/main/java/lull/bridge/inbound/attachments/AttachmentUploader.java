package lull.bridge.inbound.attachments;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import lull.bridge.inbound.attachments.AttachmentConverter.Prepared;
import lull.bridge.inbound.attachments.ConverterSlots.Slot;
import lull.bridge.text.FileTrouble;
import lull.connect.Answer;
import lull.connect.ConnectError;
import lull.connect.ParticipantPort;
import lull.connect.ParticipantPort.FileInfo;
import lull.connect.ParticipantPort.Upload;
import lull.contract.message.Content;
import lull.contract.turn.Turn;
import lull.lanes.Fence;
import lull.lanes.Incoming;
import lull.whatsapp.Fetched;
import lull.whatsapp.MediaFolder;
import lull.whatsapp.MediaProblem;
import lull.whatsapp.MediaSource;
import org.jspecify.annotations.Nullable;

/// Uploader of files to chats: from WhatsApp through a folder to Connect, converted on the way where that
/// helps. What Connect does not take is kept in a store, where there is one, so that the agent gets a link.
public final class AttachmentUploader {

    /// However old a turn is, its files are tried this often.
    private static final int FEWEST_ATTEMPTS = 3;

    /// Under how many tokens a file is announced: the address that the first announcement gave may have become too
    /// old.
    private static final int ANNOUNCEMENTS = 2;

    private final MediaSource source;
    private final MediaFolder folder;
    private final AttachmentConverter preparing;
    private final Optional<FileStore> store;
    private final Duration patience;
    private final ParticipantPort participant;
    private final InstantSource clock;
    private final FileMetrics metrics;

    /// @param store where files lie that Connect does not take, if anywhere
    /// @param patience how long a turn waits for a file that WhatsApp does not give, or the store does not take
    public AttachmentUploader(
            MediaSource source,
            MediaFolder folder,
            AttachmentConverter preparing,
            Optional<FileStore> store,
            Duration patience,
            ParticipantPort participant,
            InstantSource clock,
            FileMetrics metrics) {
        this.source = source;
        this.folder = folder;
        this.preparing = preparing;
        this.store = store;
        this.patience = patience;
        this.participant = participant;
        this.clock = clock;
        this.metrics = metrics;
    }

    /// What became of a file.
    public sealed interface Result {

        /// It is in the chat.
        record Attached(String attachmentId) implements Result {}

        /// It will never be; the agent is told why.
        ///
        /// @param link under which it lies elsewhere; absent where it does not
        record Refused(FileTrouble why, @Nullable URI link) implements Result {}

        /// Perhaps later.
        record NotNow(String reason) implements Result {}

        /// Connect does not take it for another reason than the file.
        record Failed(ConnectError trouble) implements Result {}
    }

    /// The client tokens of one file's calls, by the call's name and the number of the announcement.
    @FunctionalInterface
    public interface Tokens {
        String of(String call, int announcement);
    }

    /// A file that is to be attached.
    ///
    /// @param fresh whether the connection token was made a moment ago
    public record UploadRequest(
            Content.Media media,
            Incoming<Turn> incoming,
            String connectionToken,
            boolean fresh,
            Tokens tokens,
            Fence fence) {}

    /// How large a file may be.
    public long maxBytes() {
        return preparing.maxBytes();
    }

    /// The file is not attached, and the agent is told.
    public void refused(FileTrouble why) {
        metrics.fileHandled(why.name().toLowerCase(Locale.ROOT));
    }

    /// The link of a file that is kept does not fit into a text.
    public void linkIsTooLong() {
        metrics.fileStored("too_long");
    }

    /// Fetches, checks and attaches a file, or keeps it in the store.
    public Result attach(UploadRequest request) throws InterruptedException {
        Optional<Slot> reserved = preparing.reserve(request.media());
        if (reserved.isEmpty()) {
            return unlessWaitedEnough(request);
        }
        try (Slot held = reserved.get()) {
            return attach(request, held);
        }
    }

    private Result attach(UploadRequest request, Slot held) throws InterruptedException {
        Optional<MediaFolder.Place> free = folder.take();
        if (free.isEmpty()) {
            return new Result.NotNow("All media.places are in use");
        }
        try (MediaFolder.Place place = free.get()) {
            String number = request.incoming().value().conversation().businessNumber();
            return switch (source.fetch(request.media(), number, place.original())) {
                case Fetched.Here here -> attach(request, here, place, held);
                case Fetched.Refused(MediaProblem why) -> new Result.Refused(FileTrouble.of(why), null);
                case Fetched.NotNow(String reason) -> unlessTriedEnough(request, FileTrouble.UNREACHABLE, reason);
            };
        }
    }

    private Result attach(UploadRequest request, Fetched.Here file, MediaFolder.Place place, Slot held)
            throws InterruptedException {
        Prepared prepared = preparing.prepare(request.media(), file.mimeType(), file.bytes(), place, held);
        // What follows needs no process.
        held.close();
        Result result = switch (prepared) {
            case Prepared.Ready ready -> meaning(upload(request, ready), request);
            case Prepared.Unfit(FileTrouble why) -> new Result.Refused(why, null);
            case Prepared.NotNow notNow -> unlessWaitedEnough(request);
        };
        return result instanceof Result.Refused(FileTrouble why, URI _)
                ? store.map(there -> keep(there, request, why, file.mimeType(), place))
                        .orElse(result)
                : result;
    }

    private Result keep(FileStore store, UploadRequest request, FileTrouble why, String type, MediaFolder.Place place) {
        request.fence().check();
        FileStore.Label label = new FileStore.Label(
                request.tokens().of("store", 0), ConnectAttachmentRules.name(request.media(), type), type);
        return switch (store.keep(place.original(), label)) {
            case FileStore.Kept.At(URI link) -> {
                metrics.fileStored("ok");
                yield new Result.Refused(why, link);
            }
            case FileStore.Kept.NotNow(String reason) -> {
                metrics.fileStored("not_now");
                yield unlessTriedEnough(request, why, reason);
            }
        };
    }

    /// A file that finds no process to convert it holds up what its customer says behind it, so it does not wait for
    /// ever.
    private Result unlessWaitedEnough(UploadRequest request) {
        return clock.instant().isAfter(request.incoming().timestamp().plus(patience))
                ? new Result.Refused(FileTrouble.NOT_CONVERTED, null)
                : new Result.NotNow(AttachmentConverter.ALL_IN_USE);
    }

    private Result unlessTriedEnough(UploadRequest request, FileTrouble why, String reason) {
        Instant limit = request.incoming().timestamp().plus(patience);
        boolean isEnough = request.incoming().attempt() >= FEWEST_ATTEMPTS
                && clock.instant().isAfter(limit);
        return isEnough ? new Result.Refused(why, null) : new Result.NotNow(reason);
    }

    /// A token that was made a moment ago is good, so where it is refused it is attachments that are not allowed.
    private static Result meaning(Result result, UploadRequest request) {
        return request.fresh()
                        && result instanceof Result.Failed(ConnectError trouble)
                        && trouble instanceof ConnectError.AccessDenied
                ? new Result.Refused(FileTrouble.NOT_ALLOWED, null)
                : result;
    }

    private Result upload(UploadRequest request, Prepared.Ready file) throws InterruptedException {
        FileInfo info = new FileInfo(file.name(), file.mimeType(), file.bytes());
        for (int announcement = 0; announcement < ANNOUNCEMENTS; announcement++) {
            request.fence().check();
            Answer<Upload> started = participant.startUpload(
                    request.connectionToken(), info, request.tokens().of("upload", announcement));
            if (started instanceof Answer.Failed<Upload>(ConnectError trouble)) {
                return notStarted(trouble);
            }
            Upload upload = ((Answer.Ok<Upload>) started).value();
            request.fence().check();
            if (participant.upload(upload, file.path()) instanceof Answer.Failed<String>(ConnectError trouble)
                    && !(trouble instanceof ConnectError.Invalid)) {
                return new Result.Failed(trouble);
            }
            request.fence().check();
            // Also where the upload was refused: it may have been made by an attempt before.
            Answer<String> completed = participant.completeUpload(
                    request.connectionToken(),
                    upload.attachmentId(),
                    request.tokens().of("complete", announcement));
            if (completed instanceof Answer.Ok<String>(String id)) {
                metrics.fileHandled("attached");
                return new Result.Attached(id);
            }
            ConnectError trouble = ((Answer.Failed<String>) completed).error();
            if (!(trouble instanceof ConnectError.Invalid)) {
                return trouble instanceof ConnectError.QuotaReached
                        ? new Result.Refused(FileTrouble.TOO_MANY, null)
                        : new Result.Failed(trouble);
            }
        }
        return new Result.Refused(FileTrouble.NOT_TAKEN, null);
    }

    private static Result notStarted(ConnectError trouble) {
        return switch (trouble) {
            case ConnectError.Invalid invalid -> new Result.Refused(FileTrouble.TYPE, null);
            case ConnectError.QuotaReached quota -> new Result.Refused(FileTrouble.TOO_MANY, null);
            case ConnectError other -> new Result.Failed(other);
        };
    }
}
