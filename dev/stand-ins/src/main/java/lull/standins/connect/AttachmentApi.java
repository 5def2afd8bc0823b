package lull.standins.connect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import lull.standins.http.Json;

/// The Connect Participant API's operations for attachments.
final class AttachmentApi {
    static final long MOST_BYTES = 20L << 20;
    private static final int MOST_PER_CHAT = 35;
    private static final Duration UPLOAD_LIFETIME = Duration.ofMinutes(15);
    private static final long DEFAULT_DOWNLOAD_SECONDS = 300;
    private static final Set<String> EXTENSIONS = Set.of(
            "csv", "doc", "docx", "heic", "jfif", "jpeg", "jpg", "mov", "mp4", "pdf", "png", "ppt", "pptx", "rtf",
            "txt", "wav", "xls", "xlsx");

    private final ConnectStandIn.Options options;
    private final TokenBook tokens;
    private final AttachmentShelf shelf;
    private final Scanner scanner;
    private final Supplier<URI> base;

    /// `base` is the stand-in's own address, known once it serves.
    AttachmentApi(
            ConnectStandIn.Options options,
            TokenBook tokens,
            AttachmentShelf shelf,
            Scanner scanner,
            Supplier<URI> base) {
        this.scanner = scanner;
        this.options = options;
        this.tokens = tokens;
        this.shelf = shelf;
        this.base = base;
    }

    ObjectNode startUpload(ApiCall call) {
        Chat chat = chat(call);
        String type = call.body().text("ContentType", 1, 255);
        String name = call.body().text("AttachmentName", 1, 256);
        long size = call.body()
                .number("AttachmentSizeInBytes", 1, Long.MAX_VALUE)
                .orElseThrow(() -> call.body().missing("AttachmentSizeInBytes"));
        if (call.clientToken().isEmpty()) {
            throw call.body().missing("ClientToken");
        }
        if (size > MOST_BYTES) {
            throw call.body().invalid("AttachmentSizeInBytes", "must not be larger than 20 MB");
        }
        if (!EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))) {
            throw call.body().invalid("AttachmentName", "must end with one of " + EXTENSIONS);
        }
        if (shelf.countOf(chat) >= MOST_PER_CHAT) {
            throw new ApiException(402, "ServiceQuotaExceededException", "A contact has 35 attachments at most");
        }
        Map<String, String> headers = AttachmentShelf.uploadHeaders(chat, options.instanceId(), name, type, size);
        AttachmentShelf.File file =
                new AttachmentShelf.File(ConnectApi.newId(), chat, name, type, size, headers, false);
        shelf.put(file);
        AttachmentShelf.Presigned presigned = shelf.presign(base.get(), file, "PUT", UPLOAD_LIFETIME);
        ObjectNode answer = Json.object().put("AttachmentId", file.id());
        ObjectNode upload = answer.putObject("UploadMetadata")
                .put("Url", presigned.url())
                .put("UrlExpiry", TranscriptJson.absoluteTime(presigned.expiresAt()));
        ObjectNode include = upload.putObject("HeadersToInclude");
        headers.forEach(include::put);
        return answer;
    }

    ObjectNode completeUpload(ApiCall call) {
        Chat chat = chat(call);
        List<String> ids = call.body().texts("AttachmentIds");
        if (ids.size() != 1) {
            throw call.body().invalid("AttachmentIds", "must have exactly one element");
        }
        if (call.clientToken().isEmpty()) {
            throw call.body().missing("ClientToken");
        }
        AttachmentShelf.File file = shelf.find(ids.getFirst(), chat)
                .orElseThrow(() -> call.body().invalid("AttachmentIds", "names an unknown attachment"));
        if (file.completed()) {
            throw new ApiException(409, "ConflictException", "The attachment is complete already");
        }
        if (!shelf.isFilled(file)) {
            throw call.body().invalid("AttachmentIds", "names an attachment that was not uploaded");
        }
        shelf.put(file.complete());
        Attachment.Status first = scanner.isSilent() ? Attachment.Status.APPROVED : Attachment.Status.IN_PROGRESS;
        Said said = Said.attachment(chat.opening().customer(), shown(file, first));
        TranscriptItem item = chat.customerSays(said).orElseThrow(ApiException::accessDenied);
        if (!scanner.isSilent()) {
            scan(chat, item, file);
        }
        return Json.object();
    }

    private void scan(Chat chat, TranscriptItem item, AttachmentShelf.File file) {
        Duration delay = scanner.delay();
        Attachment.Status verdict = scanner.verdict();
        Thread.startVirtualThread(() -> {
            try {
                Thread.sleep(delay);
                chat.scanned(item, Said.attachment(chat.opening().customer(), shown(file, verdict)));
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// A file of a chat as an agent may fetch it; empty when there is none.
    Optional<AttachmentShelf.File> find(Chat chat, String attachmentId) {
        return shelf.find(attachmentId, chat).filter(AttachmentShelf.File::completed);
    }

    /// What is in a file.
    byte[] content(AttachmentShelf.File file) {
        return shelf.content(file);
    }

    ObjectNode get(ApiCall call) {
        Chat chat = chat(call);
        String id = call.body().text("AttachmentId", 1, 256);
        long seconds = call.body().number("UrlExpiryInSeconds", 5, 300).orElse(DEFAULT_DOWNLOAD_SECONDS);
        AttachmentShelf.File file = shelf.find(id, chat)
                .filter(AttachmentShelf.File::completed)
                .orElseThrow(() -> call.body().invalid("AttachmentId", "names an unknown attachment"));
        AttachmentShelf.Presigned presigned = shelf.presign(base.get(), file, "GET", Duration.ofSeconds(seconds));
        return Json.object()
                .put("Url", presigned.url())
                .put("UrlExpiry", TranscriptJson.absoluteTime(presigned.expiresAt()))
                .put("AttachmentSizeInBytes", file.sizeBytes());
    }

    /// Lays a file from the agent on the shelf and says so in the chat.
    TranscriptItem attachFromAgent(Chat chat, String name, String type, byte[] content) {
        AttachmentShelf.File file =
                new AttachmentShelf.File(ConnectApi.newId(), chat, name, type, content.length, Map.of(), true);
        shelf.put(file);
        shelf.fill(file, content);
        return chat.agentSays(agent -> Said.attachment(agent, shown(file, Attachment.Status.APPROVED)));
    }

    private static Attachment shown(AttachmentShelf.File file, Attachment.Status status) {
        return new Attachment(file.id(), file.name(), file.contentType(), status);
    }

    private Chat chat(ApiCall call) {
        return tokens.connection(call.bearer()).orElseThrow(ApiException::accessDenied);
    }
}
