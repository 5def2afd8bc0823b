package lull.bridge.outbound.events;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import lull.bridge.chats.ParticipantCalls;
import lull.bridge.pauses.ConnectFailures;
import lull.bridge.pauses.WhatsAppFailures;
import lull.connect.Answer;
import lull.connect.ConnectError;
import lull.connect.ParticipantPort;
import lull.contract.KeptFile;
import lull.contract.chat.ChatEvent;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyContent.Media.Kind;
import lull.lanes.Outcome;
import lull.media.MediaBytes;
import lull.media.MediaKeeper;
import lull.runtime.http.BoundedHttpClient;
import lull.whatsapp.MediaFolder;
import lull.whatsapp.MediaUploader;
import lull.whatsapp.MediaUploader.Upload;
import lull.whatsapp.WhatsAppError;
import lull.whatsapp.WhatsAppMediaType;
import org.jspecify.annotations.Nullable;

/// Carrier of files from Connect to WhatsApp by way of a temporary file, so that a reply can name a
/// file by WhatsApp's id. Connect's address of a file is valid for five minutes only, WhatsApp's id for
/// thirty days.
public final class AgentFiles implements FileCarrier {

    private final ParticipantCalls line;
    private final ParticipantPort port;
    private final MediaUploader uploader;
    private final MediaKeeper keeper;
    private final MediaFolder folder;
    private final Options options;
    private final BoundedHttpClient http;

    /// Options of files that are carried.
    ///
    /// @param maxBytes of a file
    /// @param timeout of a download
    public record Options(long maxBytes, Duration connectTimeout, Duration timeout) {}

    /// Result of carrying a file.
    public sealed interface Carried {

        /// WhatsApp has it, under the id of the content.
        ///
        /// @param file in the media store; absent if it is not kept
        record Done(ReplyContent content, @Nullable KeptFile file) implements Carried {}

        /// WhatsApp does not have it. The reason of an [Outcome.Reject] is in words for agents.
        record Failed(Outcome.Failure failure) implements Carried {}
    }

    /// @param keeper keeps every file that WhatsApp has accepted
    /// @param folder for temporary files
    public AgentFiles(
            ParticipantCalls line,
            ParticipantPort port,
            MediaUploader uploader,
            MediaKeeper keeper,
            MediaFolder folder,
            Options options) {
        this.keeper = keeper;
        this.folder = folder;
        this.line = line;
        this.port = port;
        this.uploader = uploader;
        this.options = options;
        this.http = new BoundedHttpClient(options.connectTimeout());
    }

    /// Carries a file that was attached in the chat of an initial contact to the business number that
    /// will send it.
    @Override
    public Carried carry(ChatEvent.Attached file, String initialContactId, String businessNumber)
            throws InterruptedException {
        return switch (line.call(initialContactId, token -> port.attachment(token, file.attachmentId()))) {
            case Answer.Ok<URI>(URI address) -> fetch(address, file, businessNumber);
            case Answer.Failed<URI>(ConnectError trouble) ->
                new Carried.Failed(trouble.isChatOver() ? new Outcome.Reject(gone(trouble)) : failure(trouble));
        };
    }

    private static String gone(ConnectError trouble) {
        return trouble instanceof ConnectError.NotFound
                ? "Amazon Connect does not have it anymore"
                : "the chat is over";
    }

    private static Outcome.Failure failure(ConnectError trouble) {
        Outcome.Failure failure = ConnectFailures.OF_PROCESS.of(trouble);
        return failure instanceof Outcome.Reject ? new Outcome.Reject("Amazon Connect does not provide it") : failure;
    }

    private Carried fetch(URI address, ChatEvent.Attached file, String businessNumber) throws InterruptedException {
        Path path = null;
        try {
            path = folder.newFile();
            HttpRequest request = HttpRequest.newBuilder(address).build();
            HttpResponse<Path> response = http.download(request, options.timeout(), options.maxBytes(), path);
            if (response.statusCode() != 200) {
                // The address may just have expired; the next attempt gets a new one.
                return new Carried.Failed(
                        Outcome.retry("The download of a file was" + " answered " + response.statusCode()));
            }
            return upload(path, Files.size(path), file, businessNumber);
        } catch (BoundedHttpClient.TooLarge e) {
            return new Carried.Failed(new Outcome.Reject("it is too large"));
        } catch (IOException e) {
            return new Carried.Failed(Outcome.retry(
                    "A file could not be downloaded: " + e.getClass().getSimpleName()));
        } finally {
            delete(path);
        }
    }

    private Carried upload(Path path, long bytes, ChatEvent.Attached file, String businessNumber)
            throws InterruptedException {
        WhatsAppMediaType.Shape shape = WhatsAppMediaType.of(file.contentType(), bytes);
        String given = file.name();
        String name = given == null || given.isBlank() ? "file" : given;
        return switch (uploader.upload(businessNumber, path, shape.mimeType(), name)) {
            case Upload.Done(String id) ->
                new Carried.Done(
                        new ReplyContent.Media(
                                shape.kind(), id, null, null, shape.kind() == Kind.DOCUMENT ? name : null, null, null),
                        kept(path, file, shape.mimeType()));
            case WhatsAppError.Refused(int code, String reason) ->
                // Without a code it is a reason of Lull's.
                new Carried.Failed(new Outcome.Reject(code == 0 ? reason : "WhatsApp does not accept it"));
            case WhatsAppError error -> new Carried.Failed(WhatsAppFailures.of(error));
        };
    }

    private @Nullable KeptFile kept(Path path, ChatEvent.Attached file, String mimeType) throws InterruptedException {
        String given = file.contentType();
        return keeper.keep(
                        MediaBytes.of(path),
                        new MediaKeeper.Label(MediaKeeper.Sender.AGENT, given == null ? mimeType : given, file.name()))
                .orElse(null);
    }

    private static void delete(@Nullable Path path) {
        try {
            if (path != null) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            path.toFile().deleteOnExit();
        }
    }
}
