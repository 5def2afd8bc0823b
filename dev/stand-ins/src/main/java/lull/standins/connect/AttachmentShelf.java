package lull.standins.connect;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Attachments in memory, behind presigned URLs as an S3 bucket would have them.
final class AttachmentShelf {
    /// A file that was announced; once it is completed, the chat's participants may fetch it.
    record File(
            String id,
            Chat chat,
            String name,
            String contentType,
            long sizeBytes,
            Map<String, String> uploadHeaders,
            boolean completed) {
        File complete() {
            return new File(id, chat, name, contentType, sizeBytes, uploadHeaders, true);
        }
    }

    /// A URL that is good for one file and one method until it expires.
    record Presigned(String url, Instant expiresAt) {}

    private record Signature(String fileId, String method, Instant expiresAt) {}

    private final InstantSource clock;
    private final Map<String, File> files = new ConcurrentHashMap<>();
    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    private final Map<String, Signature> signatures = new ConcurrentHashMap<>();

    AttachmentShelf(InstantSource clock) {
        this.clock = clock;
    }

    void put(File file) {
        files.put(file.id(), file);
    }

    void fill(File file, byte[] content) {
        contents.put(file.id(), content);
    }

    boolean isFilled(File file) {
        return contents.containsKey(file.id());
    }

    /// The file, when it belongs to this chat.
    Optional<File> find(String id, Chat chat) {
        return Optional.ofNullable(files.get(id)).filter(file -> file.chat() == chat);
    }

    /// What was uploaded; nothing yet for a file that was announced only.
    byte[] content(File file) {
        return contents.getOrDefault(file.id(), new byte[0]);
    }

    long countOf(Chat chat) {
        return files.values().stream().filter(file -> file.chat() == chat).count();
    }

    Presigned presign(URI base, File file, String method, Duration lifetime) {
        String signature = ConnectApi.newId();
        Instant expiresAt = clock.instant().plus(lifetime);
        signatures.put(signature, new Signature(file.id(), method, expiresAt));
        return new Presigned(base + "/attachments/" + file.id() + "?X-Amz-Signature=" + signature, expiresAt);
    }

    void register(RoutesConfig routes) {
        routes.put("/attachments/{id}", this::upload);
        routes.get("/attachments/{id}", this::download);
    }

    private void upload(Context context) {
        Optional<File> file = signedFile(context, "PUT");
        byte[] bytes = context.bodyAsBytes();
        if (file.isEmpty()
                || !hasPromisedHeaders(context, file.get())
                || bytes.length != file.get().sizeBytes()) {
            deny(context);
            return;
        }
        fill(file.get(), bytes);
        context.status(200);
    }

    private void download(Context context) {
        Optional<File> file = signedFile(context, "GET");
        byte[] content = file.isPresent() ? contents.get(file.get().id()) : null;
        if (content == null) {
            deny(context);
            return;
        }
        context.contentType(file.get().contentType()).result(content);
    }

    private Optional<File> signedFile(Context context, String method) {
        return Optional.ofNullable(context.queryParam("X-Amz-Signature"))
                .map(signatures::get)
                .filter(signature -> signature.method().equals(method))
                .filter(signature -> signature.fileId().equals(context.pathParam("id")))
                .filter(signature -> clock.instant().isBefore(signature.expiresAt()))
                .map(signature -> files.get(signature.fileId()));
    }

    private static boolean hasPromisedHeaders(Context context, File file) {
        return file.uploadHeaders().entrySet().stream()
                .allMatch(header -> header.getValue().equals(context.header(header.getKey())));
    }

    private static void deny(Context context) {
        context.status(403)
                .contentType("application/xml")
                .result("<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>");
    }

    /// The headers that an upload must carry.
    static Map<String, String> uploadHeaders(Chat chat, String instanceId, String name, String type, long sizeBytes) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", type);
        headers.put("Content-Length", Long.toString(sizeBytes));
        headers.put("Content-Disposition", "attachment; filename=\"%s\"".formatted(name));
        headers.put("x-amz-acl", "bucket-owner-full-control");
        headers.put("x-amz-meta-organization_id", instanceId);
        headers.put("x-amz-meta-contact_id", chat.opening().contactId());
        headers.put("x-amz-meta-initial_contact_id", chat.opening().contactId());
        return headers;
    }
}
