package lull.bridge.inbound.attachments;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import lull.bridge.inbound.attachments.AttachmentConverter.Prepared;
import lull.bridge.inbound.attachments.ConverterSlots.Slot;
import lull.connect.Answer;
import lull.connect.ConnectError;
import lull.connect.ParticipantPort;
import lull.connect.ParticipantPort.FileInfo;
import lull.connect.ParticipantPort.Upload;
import lull.contract.KeptFile;
import lull.contract.message.Content;
import lull.contract.turn.Turn;
import lull.lanes.Fence;
import lull.lanes.Incoming;
import lull.media.MediaBytes;
import lull.media.MediaKeeper;
import lull.text.FileTrouble;
import lull.whatsapp.Fetched;
import lull.whatsapp.MediaFolder;
import lull.whatsapp.MediaProblem;
import lull.whatsapp.MediaSource;
import org.jspecify.annotations.Nullable;

/// Uploader of files to chats: downloads them from WhatsApp to a folder, converts them if that helps,
/// and uploads them to Connect. Files that Connect does not accept are kept in a store, if there is
/// one, so that the agent gets a link. Every file that was downloaded is also kept in the media store,
/// if there is one.
public final class AttachmentUploader {

    /// Minimum number of attempts for a file, however old its turn is.
    private static final int FEWEST_ATTEMPTS = 3;

    /// Number of tokens under which a file is announced: the address from the first announcement may
    /// have expired.
    private static final int ANNOUNCEMENTS = 2;

    private final MediaSource source;
    private final MediaFolder folder;
    private final AttachmentConverter preparing;
    private final Optional<FileStore> store;
    private final MediaKeeper keeper;
    private final Duration patience;
    private final ParticipantPort participant;
    private final InstantSource clock;
    private final FileMetrics metrics;

    /// @param store keeps the files that Connect does not accept, if there is one
    /// @param keeper keeps every file that was downloaded, when its outcome is known
    /// @param patience how long a turn waits for a file that WhatsApp does not deliver, or the store
    ///     does not accept
    public AttachmentUploader(
            MediaSource source,
            MediaFolder folder,
            AttachmentConverter preparing,
            Optional<FileStore> store,
            MediaKeeper keeper,
            Duration patience,
            ParticipantPort participant,
            InstantSource clock,
            FileMetrics metrics) {
        this.source = source;
        this.folder = folder;
        this.preparing = preparing;
        this.store = store;
        this.keeper = keeper;
        this.patience = patience;
        this.participant = participant;
        this.clock = clock;
        this.metrics = metrics;
    }

    /// Result of an upload.
    public sealed interface Result {

        /// It is in the chat.
        ///
        /// @param file in the media store; absent if it is not kept
        record Attached(String attachmentId, @Nullable KeptFile file) implements Result {}

        /// It will never be in the chat; the agent is notified of the reason.
        ///
        /// @param link to the file in the store; absent if it is not there
        /// @param file in the media store; absent if it is not kept
        record Refused(
                FileTrouble why,
                @Nullable URI link,
                @Nullable KeptFile file) implements Result {
            Refused(FileTrouble why) {
                this(why, null, null);
            }
        }

        /// It may succeed later.
        record Retry(String reason) implements Result {}

        /// Connect does not accept it, and the file is not the reason.
        record Failed(ConnectError trouble) implements Result {}
    }

    /// Request to attach a file.
    ///
    /// @param fresh whether the connection token was created a moment ago
    public record UploadRequest(
            Content.Media media,
            Incoming<Turn> incoming,
            String connectionToken,
            boolean fresh,
            AttachmentTokens tokens,
            Fence fence) {}

    /// Returns the maximum size of a file.
    public long maxBytes() {
        return preparing.maxBytes();
    }

    /// Counts a file that is not attached; the agent is notified.
    public void refused(FileTrouble why) {
        metrics.fileHandled(why.name().toLowerCase(Locale.ROOT));
    }

    /// Counts a stored file whose link does not fit into a text.
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
            return new Result.Retry("All media.places are in use");
        }
        try (MediaFolder.Place place = free.get()) {
            String number = request.incoming().value().conversation().businessNumber();
            return switch (source.fetch(request.media(), number, place.original())) {
                case Fetched.Here here -> attach(request, here, place, held);
                case Fetched.Refused(MediaProblem why) -> new Result.Refused(FileTrouble.of(why));
                case Fetched.Retry(String reason) -> unlessTriedEnough(request, FileTrouble.UNREACHABLE, reason);
            };
        }
    }

    private Result attach(UploadRequest request, Fetched.Here file, MediaFolder.Place place, Slot held)
            throws InterruptedException {
        Prepared prepared = preparing.prepare(request.media(), file.mimeType(), file.bytes(), place, held);
        // The rest needs no process.
        held.close();
        Result result = switch (prepared) {
            case Prepared.Ready ready -> meaning(upload(request, ready), request);
            case Prepared.Unfit(FileTrouble why) -> new Result.Refused(why);
            case Prepared.Retry notNow -> unlessWaitedEnough(request);
        };
        if (result instanceof Result.Refused refused && store.isPresent()) {
            result = store(store.get(), request, refused.why(), file.mimeType(), place);
        }
        // An attempt that is repeated keeps the file then.
        return switch (result) {
            case Result.Attached attached -> new Result.Attached(attached.attachmentId(), kept(request, file, place));
            case Result.Refused refused ->
                new Result.Refused(refused.why(), refused.link(), kept(request, file, place));
            case Result.Retry retry -> retry;
            case Result.Failed failed -> failed;
        };
    }

    private @Nullable KeptFile kept(UploadRequest request, Fetched.Here file, MediaFolder.Place place)
            throws InterruptedException {
        request.fence().check();
        return keeper.keep(
                        MediaBytes.of(place.original()),
                        new MediaKeeper.Label(
                                MediaKeeper.Sender.CUSTOMER,
                                file.mimeType(),
                                request.media().filename()))
                .orElse(null);
    }

    private Result store(
            FileStore store, UploadRequest request, FileTrouble why, String type, MediaFolder.Place place) {
        request.fence().check();
        FileStore.Label label = new FileStore.Label(
                request.tokens().token("store", 0), ConnectAttachmentRules.name(request.media(), type), type);
        return switch (store.keep(place.original(), label)) {
            case FileStore.Kept.At(URI link) -> {
                metrics.fileStored("ok");
                yield new Result.Refused(why, link, null);
            }
            case FileStore.Kept.Retry(String reason) -> {
                metrics.fileStored("not_now");
                yield unlessTriedEnough(request, why, reason);
            }
        };
    }

    /// Returns the result for a file for which no converter is free. It delays the customer's later
    /// messages, so it does not wait forever.
    private Result unlessWaitedEnough(UploadRequest request) {
        return clock.instant().isAfter(request.incoming().timestamp().plus(patience))
                ? new Result.Refused(FileTrouble.NOT_CONVERTED)
                : new Result.Retry(AttachmentConverter.ALL_IN_USE);
    }

    private Result unlessTriedEnough(UploadRequest request, FileTrouble why, String reason) {
        Instant limit = request.incoming().timestamp().plus(patience);
        boolean isEnough = request.incoming().attempt() >= FEWEST_ATTEMPTS
                && clock.instant().isAfter(limit);
        return isEnough ? new Result.Refused(why) : new Result.Retry(reason);
    }

    /// Returns what a result means. A token that was created a moment ago is valid, so if it is
    /// refused, attachments are not allowed.
    private static Result meaning(Result result, UploadRequest request) {
        return request.fresh()
                        && result instanceof Result.Failed(ConnectError trouble)
                        && trouble instanceof ConnectError.AccessDenied
                ? new Result.Refused(FileTrouble.NOT_ALLOWED)
                : result;
    }

    private Result upload(UploadRequest request, Prepared.Ready file) throws InterruptedException {
        FileInfo info = new FileInfo(file.name(), file.mimeType(), file.bytes());
        for (int announcement = 0; announcement < ANNOUNCEMENTS; announcement++) {
            request.fence().check();
            Answer<Upload> started = participant.startUpload(
                    request.connectionToken(), info, request.tokens().token("upload", announcement));
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
            // Also if the upload was refused: an earlier attempt may have made it.
            Answer<String> completed = participant.completeUpload(
                    request.connectionToken(),
                    upload.attachmentId(),
                    request.tokens().token("complete", announcement));
            if (completed instanceof Answer.Ok<String>(String id)) {
                metrics.fileHandled("attached");
                return new Result.Attached(id, null);
            }
            ConnectError trouble = ((Answer.Failed<String>) completed).error();
            if (!(trouble instanceof ConnectError.Invalid)) {
                return trouble instanceof ConnectError.QuotaReached
                        ? new Result.Refused(FileTrouble.TOO_MANY)
                        : new Result.Failed(trouble);
            }
        }
        return new Result.Refused(FileTrouble.NOT_TAKEN);
    }

    private static Result notStarted(ConnectError trouble) {
        return switch (trouble) {
            case ConnectError.Invalid invalid -> new Result.Refused(FileTrouble.TYPE);
            case ConnectError.QuotaReached quota -> new Result.Refused(FileTrouble.TOO_MANY);
            case ConnectError other -> new Result.Failed(other);
        };
    }
}
