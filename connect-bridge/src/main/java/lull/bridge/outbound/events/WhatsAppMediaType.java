package lull.bridge.outbound.events;

import java.util.Locale;
import lull.contract.reply.ReplyContent.Media.Kind;
import org.jspecify.annotations.Nullable;

/// Type as which a file goes to WhatsApp: a picture, a video or audio if WhatsApp accepts it as such,
/// otherwise a document. Pure.
final class WhatsAppMediaType {

    private static final long MEBIBYTE = 1L << 20;
    private static final long MAX_IMAGE = 5 * MEBIBYTE;
    private static final long MAX_AUDIO_AND_VIDEO = 16 * MEBIBYTE;
    private static final String UNKNOWN = "application/octet-stream";

    private WhatsAppMediaType() {}

    /// Kind and MIME type of a file for WhatsApp.
    ///
    /// @param mimeType without parameters
    record Shape(Kind kind, String mimeType) {}

    /// Returns the kind and type of a file.
    ///
    /// @param contentType as Connect reports it, with parameters; absent if it does not
    static Shape of(@Nullable String contentType, long bytes) {
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

    /// Returns the MIME type of a document. WhatsApp accepts only plain text among texts, and no
    /// pictures, videos and audio as documents; the file's name still says what it is.
    private static String document(String type) {
        if (type.startsWith("text/")) {
            return "text/plain";
        }
        return type.startsWith("application/") ? type : UNKNOWN;
    }

    private static String bare(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return UNKNOWN;
        }
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
