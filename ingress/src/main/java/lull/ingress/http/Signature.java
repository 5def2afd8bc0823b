package lull.ingress.http;

import java.util.HexFormat;
import java.util.Optional;
import lull.runtime.Secrets;
import org.jspecify.annotations.Nullable;

/// Signature that Meta puts on a webhook: `X-Hub-Signature-256: sha256=<64 hexadecimal digits>`, the
/// HMAC-SHA256 of the body's raw bytes with the app's secret.
public final class Signature {

    static final String HEADER = "X-Hub-Signature-256";

    static final String PREFIX = "sha256=";
    private static final int DIGEST_BYTES = 32;

    private final byte[] digest;

    private Signature(byte[] digest) {
        this.digest = digest;
    }

    /// Reads the header; empty if it is missing or malformed.
    public static Optional<Signature> parse(@Nullable String header) {
        if (header == null || !header.startsWith(PREFIX) || header.length() != PREFIX.length() + 2 * DIGEST_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Signature(HexFormat.of().parseHex(header, PREFIX.length(), header.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Whether the body was signed with one of the secrets. Takes the same time for every wrong
    /// signature.
    public boolean signs(byte[] body, AppSecrets secrets) {
        boolean signed = false;
        for (byte[] wanted : secrets.digests(body)) {
            signed |= Secrets.isEqual(digest, wanted);
        }
        return signed;
    }
}
