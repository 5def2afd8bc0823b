package lull.archive.rows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import lull.contract.message.MessageToken;
import lull.runtime.Sha256;
import org.jspecify.annotations.Nullable;

/// Texts, ids and times as the database stores them: PostgreSQL has no zero character, columns have
/// a length, and times have microseconds. Pure.
public final class StoredText {

    /// The longest id; a longer one is stored as its digest.
    static final int MAX_ID = 255;

    private static final int MAX_LINE = 1000;
    private static final int MAX_REASON = 2000;
    private static final int MAX_BODY = 100_000;
    private static final char REPLACEMENT = '\uFFFD';

    private StoredText() {}

    /// Returns an id as it is stored, also to look it up.
    public static String id(String id) {
        String clean = clean(id);
        return clean.length() <= MAX_ID ? clean : "sha256:" + Sha256.hex(clean.getBytes(StandardCharsets.UTF_8));
    }

    /// Returns the id of a message as it is stored: the part that is the same in all forms of WhatsApp's id.
    public static String messageId(String id) {
        return id(MessageToken.of(id));
    }

    static @Nullable String idOrNull(@Nullable String id) {
        return id == null || id.isEmpty() ? null : id(id);
    }

    static @Nullable String messageIdOrNull(@Nullable String id) {
        return id == null || id.isEmpty() ? null : messageId(id);
    }

    /// Returns a name or the like.
    static @Nullable String line(@Nullable String text) {
        return shortened(text, MAX_LINE);
    }

    static @Nullable String reason(@Nullable String text) {
        return shortened(text, MAX_REASON);
    }

    static @Nullable String body(@Nullable String text) {
        return shortened(text, MAX_BODY);
    }

    static @Nullable Instant time(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
    }

    private static @Nullable String shortened(@Nullable String text, int max) {
        if (text == null) {
            return null;
        }
        return clean(text.length() <= max ? text : text.substring(0, max - 1) + '…');
    }

    private static String clean(String text) {
        StringBuilder clean = null;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean isPair = Character.isHighSurrogate(c)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1));
            if (isPair) {
                at++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                if (clean == null) {
                    clean = new StringBuilder(text);
                }
                clean.setCharAt(at, REPLACEMENT);
            }
        }
        return clean == null ? text : clean.toString();
    }
}
