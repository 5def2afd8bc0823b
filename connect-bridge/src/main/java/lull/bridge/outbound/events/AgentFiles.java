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
import lull.contract.Channel;
import lull.contract.KeptFile;
import lull.contract.chat.ChatEvent;
import lull.contract.json.Json;
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
import lull.whatsapp.channel.ChannelFileType;
import org.jspecify.annotations.Nullable;

/// Carrier of files from Connect to WhatsApp by way of a temporary file, so that a reply can name a
/// file by WhatsApp's id. Connect's address of a file is valid for five minutes only, WhatsApp's id for
/// thirty days. Other channels have no uploads: their replies name Connect's attachment, and
/// [AgentFileSender] fetches it again when it sends them.
public final class AgentFiles implements FileCarrier {

    /// The member of a file for another channel that says what it is.
    static final String MIME_TYPE = "mime_type";

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
    /// @param maxBytesInJson of a file that is sent to another channel as part of JSON
    /// @param timeout of a download
    public record Options(long maxBytes, long maxBytesInJson, Duration connectTimeout, Duration timeout) {}

    /// Result of carrying a file.
    public sealed interface Carried {

        /// WhatsApp has it, under the id of the content.
        ///
        /// @param file in the media store; absent if it is not kept
        record Done(ReplyContent content, @Nullable KeptFile file) implements Carried {}

        /// WhatsApp does not have it. The reason of an [Outcome.Reject] is in words for agents.
        record Failed(Outcome.Failure failure) implements Carried {}
    }

    /// Result of fetching a file once more.
    sealed interface Loaded {

        /// It is on the disk; the caller deletes it.
        record Here(Path path, long bytes) implements Loaded {}

        /// It is not. The reason of an [Outcome.Reject] is in words for agents.
        record Failed(Outcome.Failure failure) implements Loaded {}
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
        AgentFileId id = new AgentFileId(initialContactId, file.attachmentId());
        return switch (load(id)) {
            case Loaded.Failed(Outcome.Failure failure) -> new Carried.Failed(failure);
            case Loaded.Here(Path path, long bytes) -> {
                try {
                    Channel channel = Channel.of(businessNumber);
                    yield channel.isWhatsApp()
                            ? upload(path, bytes, file, businessNumber)
                            : named(path, bytes, file, id, channel);
                } finally {
                    delete(path);
                }
            }
        };
    }

    /// Fetches a file to the disk.
    Loaded load(AgentFileId id) throws InterruptedException {
        return switch (line.call(id.initialContactId(), token -> port.attachment(token, id.attachmentId()))) {
            case Answer.Ok<URI>(URI address) -> fetch(address);
            case Answer.Failed<URI>(ConnectError trouble) ->
                new Loaded.Failed(trouble.isChatOver() ? new Outcome.Reject(gone(trouble)) : failure(trouble));
        };
    }

    /// Returns how long the transfer of a file may take.
    Duration timeout() {
        return options.timeout();
    }

    /// Returns a content that names Connect's attachment.
    private Carried named(Path path, long bytes, ChatEvent.Attached file, AgentFileId id, Channel channel)
            throws InterruptedException {
        return switch (ChannelFileType.of(channel, file.contentType(), bytes, options.maxBytesInJson())) {
            case ChannelFileType.Decision.Refused(String reason) -> new Carried.Failed(new Outcome.Reject(reason));
            case ChannelFileType.Decision.Sent(Kind kind, boolean voice, String mimeType) ->
                new Carried.Done(
                        new ReplyContent.Media(
                                kind,
                                id.text(),
                                null,
                                null,
                                name(file),
                                voice ? Boolean.TRUE : null,
                                Json.object().put(MIME_TYPE, mimeType)),
                        kept(path, file, mimeType));
        };
    }

    private static String name(ChatEvent.Attached file) {
        String given = file.name();
        return given == null || given.isBlank() ? "file" : given;
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

    private Loaded fetch(URI address) throws InterruptedException {
        Path path = folder.newFile();
        boolean isHere = false;
        try {
            HttpRequest request = HttpRequest.newBuilder(address).build();
            HttpResponse<Path> response = http.download(request, options.timeout(), options.maxBytes(), path);
            if (response.statusCode() != 200) {
                // The address may just have expired; the next attempt gets a new one.
                return new Loaded.Failed(
                        Outcome.retry("The download of a file was" + " answered " + response.statusCode()));
            }
            Loaded here = new Loaded.Here(path, Files.size(path));
            isHere = true;
            return here;
        } catch (BoundedHttpClient.TooLarge e) {
            return new Loaded.Failed(new Outcome.Reject("it is too large"));
        } catch (IOException e) {
            return new Loaded.Failed(Outcome.retry(
                    "A file could not be downloaded: " + e.getClass().getSimpleName()));
        } finally {
            if (!isHere) {
                delete(path);
            }
        }
    }

    private Carried upload(Path path, long bytes, ChatEvent.Attached file, String businessNumber)
            throws InterruptedException {
        WhatsAppMediaType.Shape shape = WhatsAppMediaType.of(file.contentType(), bytes);
        String name = name(file);
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

    static void delete(@Nullable Path path) {
        try {
            if (path != null) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            path.toFile().deleteOnExit();
        }
    }
}
