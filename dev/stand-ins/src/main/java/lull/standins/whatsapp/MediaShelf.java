package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import lull.standins.http.FaultBook;
import lull.standins.http.Json;

/// Media that were uploaded or sent by a customer, in memory: look-up gives a URL that is good for five minutes.
final class MediaShelf {
    /// The fault that changes a byte of what is downloaded.
    static final String CORRUPT = "media.corrupt";

    static final String DOWNLOADS = "/whatsapp_business/attachments/";
    private static final Duration URL_LIFETIME = Duration.ofMinutes(5);

    private record Medium(String id, String mimeType, String sha256) {}

    private record Link(String mediaId, Instant expiresAt) {}

    private final InstantSource clock;
    private final Supplier<URI> base;
    private final FaultBook faults;
    private final AtomicLong lastId = new AtomicLong(1_000_000_000_000_000L);
    private final Map<String, Medium> media = new ConcurrentHashMap<>();
    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    private final Map<String, Link> links = new ConcurrentHashMap<>();

    /// `base` is the stand-in's own address, known once it serves.
    MediaShelf(InstantSource clock, Supplier<URI> base, FaultBook faults) {
        this.clock = clock;
        this.base = base;
        this.faults = faults;
    }

    ObjectNode upload(Context context) {
        UploadedFile file = context.uploadedFile("file");
        if (file == null || !"whatsapp".equals(context.formParam("messaging_product"))) {
            throw GraphException.invalid("The parameters messaging_product and file are required.");
        }
        String mimeType = Optional.ofNullable(context.formParam("type"))
                .or(() -> Optional.ofNullable(file.contentType()))
                .orElse("application/octet-stream");
        byte[] content = bytes(file);
        MediaChecks.check(mimeType, content.length);
        return Json.object().put("id", add(mimeType, content).id());
    }

    /// Takes an uploaded file; returns its id.
    String addUploaded(String mimeType, byte[] content) {
        return add(mimeType, content).id();
    }

    /// A customer's phone has sent this file; returns what WhatsApp's webhook says of it.
    ObjectNode addFromPhone(String mimeType, byte[] content) {
        Medium medium = add(mimeType, content);
        // Webhooks write the digest in Base64, the look-up in hex.
        return Json.object()
                .put("id", medium.id())
                .put("mime_type", medium.mimeType())
                .put("sha256", Base64.getEncoder().encodeToString(HexFormat.of().parseHex(medium.sha256())));
    }

    /// The file of an id as it is shown on a phone; empty where there is none.
    Optional<byte[]> content(String id) {
        return Optional.ofNullable(contents.get(id));
    }

    /// The type that a file was uploaded with; empty where there is none.
    Optional<String> mimeType(String id) {
        return Optional.ofNullable(media.get(id)).map(Medium::mimeType);
    }

    private Medium add(String mimeType, byte[] content) {
        Medium medium = new Medium(Long.toString(lastId.incrementAndGet()), mimeType, sha256(content));
        contents.put(medium.id(), content);
        media.put(medium.id(), medium);
        return medium;
    }

    ObjectNode lookUp(Context context) {
        Medium medium = find(context);
        String key = Wamid.fresh(medium.id()).substring("wamid.".length()).replaceAll("[^A-Za-z0-9]", "");
        links.put(key, new Link(medium.id(), clock.instant().plus(URL_LIFETIME)));
        return Json.object()
                .put("messaging_product", "whatsapp")
                .put("url", base.get() + DOWNLOADS + key)
                .put("mime_type", medium.mimeType())
                .put("sha256", medium.sha256())
                .put("file_size", content(medium).length)
                .put("id", medium.id());
    }

    /// Deletes a file; returns false if there is none.
    boolean remove(String id) {
        contents.remove(id);
        return media.remove(id) != null;
    }

    ObjectNode delete(Context context) {
        Medium medium = find(context);
        media.remove(medium.id());
        contents.remove(medium.id());
        return Json.object().put("success", true);
    }

    /// Answers the file, or 404 when the URL is unknown or too old.
    void download(Context context) {
        Optional<Medium> medium = Optional.ofNullable(links.get(context.pathParam("media")))
                .filter(link -> clock.instant().isBefore(link.expiresAt()))
                .flatMap(link -> Optional.ofNullable(media.get(link.mediaId())));
        if (medium.isEmpty()) {
            context.status(404);
            return;
        }
        byte[] content = content(medium.get()).clone();
        if (content.length > 0 && faults.take(CORRUPT).isPresent()) {
            content[0]++;
        }
        context.contentType(medium.get().mimeType()).result(content);
    }

    private Medium find(Context context) {
        String id = context.pathParam("media");
        return Optional.ofNullable(media.get(id)).orElseThrow(() -> GraphException.noSuchObject(id));
    }

    private byte[] content(Medium medium) {
        return contents.getOrDefault(medium.id(), new byte[0]);
    }

    private static byte[] bytes(UploadedFile file) {
        try (InputStream in = file.content()) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
