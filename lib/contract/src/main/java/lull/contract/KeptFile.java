package lull.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// File of a customer, an agent or an application that is in the media store, as the record of its
/// message names it. Immutable.
///
/// @param sha256 the digest of its bytes in 64 lower-case hexadecimal digits, which is its name in the
///     store
/// @param contentType as its sender gives it, without parameters
/// @param bytes its size
/// @param name as its sender gives it; absent if it has none
public record KeptFile(
        String sha256,
        String contentType,
        long bytes,
        @Nullable String name) {

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    @JsonCreator
    public KeptFile {
        requireNonNull(contentType, "contentType");
        if (!isDigest(sha256)) {
            throw new IllegalArgumentException("sha256 must be 64 hexadecimal digits");
        }
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must not be negative");
        }
    }

    /// Whether a text is a digest as files in the store are named.
    public static boolean isDigest(String text) {
        return SHA_256.matcher(text).matches();
    }

    @Override
    public String toString() {
        return "KeptFile[" + bytes + " bytes]";
    }
}
