package lull.standins.whatsapp;

import java.util.Locale;
import java.util.Map;

/// Which files WhatsApp takes from businesses: by type, up to a size of that type. Pure.
final class MediaChecks {
    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;
    private static final long DOCUMENT = 100 * MIB;
    private static final Map<String, Long> LARGEST = Map.ofEntries(
            Map.entry("audio/aac", 16 * MIB),
            Map.entry("audio/amr", 16 * MIB),
            Map.entry("audio/mpeg", 16 * MIB),
            Map.entry("audio/mp4", 16 * MIB),
            Map.entry("audio/ogg", 16 * MIB),
            Map.entry("image/jpeg", 5 * MIB),
            Map.entry("image/png", 5 * MIB),
            Map.entry("video/mp4", 16 * MIB),
            Map.entry("video/3gpp", 16 * MIB),
            Map.entry("image/webp", 500 * KIB),
            Map.entry("text/plain", DOCUMENT));

    private MediaChecks() {}

    /// Refuses what WhatsApp does not take.
    ///
    /// @throws GraphException with 131053
    static void check(String mimeType, long bytes) {
        String type = mimeType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        long largest = type.startsWith("application/") ? DOCUMENT : LARGEST.getOrDefault(type, 0L);
        if (largest == 0) {
            throw GraphException.of(
                    131053, "Media upload error", "Files of type '%s' are not supported.".formatted(type));
        }
        if (bytes > largest) {
            throw GraphException.of(
                    131053, "Media upload error", "Files of type '%s' may have %d bytes.".formatted(type, largest));
        }
    }
}
