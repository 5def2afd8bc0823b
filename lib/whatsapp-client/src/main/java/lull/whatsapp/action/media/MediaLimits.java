package lull.whatsapp.action.media;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Maximum sizes of files, in bytes.
final class MediaLimits {

    private static final int MEBIBYTE = 1 << 20;
    private static final int IMAGE = 5 * MEBIBYTE;
    private static final int SOUND = 16 * MEBIBYTE;
    private static final int STICKER = 500 * 1024;

    /// A request with a file must also fit into `actions.max.body.bytes`.
    private static final int DOCUMENT = 100 * MEBIBYTE;

    /// Of files that are downloaded into memory.
    static final int DOWNLOAD = 16 * MEBIBYTE;

    static final Map<String, Integer> UPLOAD = upload();

    static final Map<String, Integer> SAMPLE = Map.of(
            "application/pdf",
            DOCUMENT,
            "image/jpeg",
            IMAGE,
            "image/jpg",
            IMAGE,
            "image/png",
            IMAGE,
            "video/mp4",
            SOUND);

    private MediaLimits() {}

    private static Map<String, Integer> upload() {
        Map<String, Integer> limits = new TreeMap<>();
        List.of("image/jpeg", "image/png").forEach(type -> limits.put(type, IMAGE));
        List.of("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg", "video/mp4", "video/3gpp")
                .forEach(type -> limits.put(type, SOUND));
        limits.put("image/webp", STICKER);
        List.of(
                        "text/plain",
                        "application/pdf",
                        "application/msword",
                        "application/vnd.ms-excel",
                        "application/vnd.ms-powerpoint",
                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                        "application/vnd.openxmlformats-officedocument.presentationml.presentation")
                .forEach(type -> limits.put(type, DOCUMENT));
        return limits;
    }
}
