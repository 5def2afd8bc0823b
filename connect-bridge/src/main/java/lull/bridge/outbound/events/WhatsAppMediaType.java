package lull.bridge.outbound.events;

import java.util.Locale;
import lull.contract.reply.ReplyContent.Media.Kind;
import org.jspecify.annotations.Nullable;

/// As what a file goes to WhatsApp: a picture, a film or a sound where WhatsApp takes it as such, else a document.
/// Pure.
final class WhatsAppMediaType {

    private static final long MEBIBYTE = 1L << 20;
    private static final long MAX_IMAGE = 5 * MEBIBYTE;
    private static final long MAX_AUDIO_AND_VIDEO = 16 * MEBIBYTE;
    private static final String UNKNOWN = "application/octet-stream";

    private WhatsAppMediaType() {}

    /// What WhatsApp is told of a file.
    ///
    /// @param mimeType without parameters
    record Shape(Kind kind, String mimeType) {}

    /// The shape of a file.
    ///
    /// @param contentType as Connect tells it, parameters included; absent where it does not
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

    /// Of texts WhatsApp knows the plain one only, and pictures, films and sounds are no documents to it; the
    /// file's name still says what it is.
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
