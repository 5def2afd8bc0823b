package lull.whatsapp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import lull.runtime.Sha256;
import org.jspecify.annotations.Nullable;

/// Check of a file against the SHA-256 digests that its sender has announced. Reads the file; keeps no
/// state.
final class Sha256Check {

    private Sha256Check() {}

    /// Whether a file has each of these SHA-256 digests, in base64, as in WhatsApp's webhooks, or in
    /// hexadecimal, as in some of its look-ups. Absent and blank ones are ignored.
    public static boolean is(Path file, @Nullable String... digests) throws IOException {
        byte[] digest = digest(file);
        return Stream.of(digests)
                .filter(Objects::nonNull)
                .filter(text -> !text.isBlank())
                .allMatch(text -> isOneOf(digest, text));
    }

    private static boolean isOneOf(byte[] digest, String text) {
        return text.strip().toLowerCase(Locale.ROOT).equals(HexFormat.of().formatHex(digest))
                || text.strip()
                        .replace("=", "")
                        .equals(Base64.getEncoder().withoutPadding().encodeToString(digest));
    }

    private static byte[] digest(Path file) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return digest.digest();
    }
}
