package lull.whatsapp;

import java.util.Locale;
import java.util.Optional;
import lull.contract.reply.ReplyContent.Media.Kind;
import org.jspecify.annotations.Nullable;

/// Type as which a file goes to WhatsApp: a picture, a video or audio if WhatsApp accepts it as such,
/// otherwise a document. Pure.
public final class WhatsAppMediaType {

    private static final long MEBIBYTE = 1L << 20;
    private static final long MAX_IMAGE = 5 * MEBIBYTE;
    private static final long MAX_AUDIO_AND_VIDEO = 16 * MEBIBYTE;
    private static final long MAX_DOCUMENT = 100 * MEBIBYTE;
    private static final long MAX_STICKER = 500 * 1024;
    private static final String STICKER_TYPE = "image/webp";
    private static final String UNKNOWN = "application/octet-stream";

    private WhatsAppMediaType() {}

    /// Kind and MIME type of a file for WhatsApp.
    ///
    /// @param mimeType without parameters
    public record Shape(Kind kind, String mimeType) {}

    /// Returns the kind and type of a file.
    ///
    /// @param contentType as the sender reports it, with parameters; absent if it does not
    public static Shape of(@Nullable String contentType, long bytes) {
        String type = bare(contentType);
        Kind kind = switch (type) {
            case "image/jpeg", "image/png" -> bytes <= MAX_IMAGE ? Kind.IMAGE : Kind.DOCUMENT;
            case "video/mp4", "video/3gpp" -> bytes <= MAX_AUDIO_AND_VIDEO ? Kind.VIDEO : Kind.DOCUMENT;
            case "audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg" ->
                bytes <= MAX_AUDIO_AND_VIDEO ? Kind.AUDIO : Kind.DOCUMENT;
            default -> Kind.DOCUMENT;
        };
        return new Shape(kind, kind == Kind.DOCUMENT ? document(type) : type);
    }

    /// Returns the types of the files that WhatsApp accepts as a kind and up to which size, for people; empty if the
    /// file is one of them.
    ///
    /// @param contentType as the sender reports it, with parameters; absent if it does not
    public static Optional<String> problem(Kind kind, @Nullable String contentType, long bytes) {
        return switch (kind) {
            case IMAGE -> unless(of(contentType, bytes).kind() == kind, "image/jpeg or image/png, of at most 5 MiB");
            case VIDEO -> unless(of(contentType, bytes).kind() == kind, "video/mp4 or video/3gpp, of at most 16 MiB");
            case AUDIO ->
                unless(
                        of(contentType, bytes).kind() == kind,
                        "audio/aac, audio/amr, audio/mpeg, audio/mp4 or audio/ogg, of at most 16 MiB");
            case STICKER ->
                unless(
                        bare(contentType).equals(STICKER_TYPE) && bytes <= MAX_STICKER,
                        "image/webp, of at most 500 KiB");
            case DOCUMENT -> unless(bytes <= MAX_DOCUMENT, "a file of at most 100 MiB");
        };
    }

    /// Returns the MIME type under which a file is uploaded as a kind that accepts it.
    ///
    /// @param contentType as the sender reports it, with parameters; absent if it does not
    public static String of(Kind kind, @Nullable String contentType) {
        return kind == Kind.DOCUMENT ? document(bare(contentType)) : bare(contentType);
    }

    private static Optional<String> unless(boolean isAccepted, String accepted) {
        return isAccepted ? Optional.empty() : Optional.of(accepted);
    }

    /// Returns the MIME type of a document. WhatsApp accepts only plain text among texts, and no
    /// pictures, videos and audio as documents; the file's name still says what it is.
    private static String document(String type) {
        if (type.startsWith("text/")) {
            return "text/plain";
        }
        return type.startsWith("application/") ? type : UNKNOWN;
    }

    /// Returns a content type without parameters, in lower case.
    public static String bare(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return UNKNOWN;
        }
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
