package lull.runtime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Comparison of secrets in constant time: the duration does not depend on how much of a guess is
/// right. Pure.
public final class Secrets {

    private Secrets() {}

    /// Whether a text is equal to a secret.
    public static boolean isEqual(String given, String secret) {
        return isEqual(given.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
    }

    /// Whether bytes are equal to a secret.
    public static boolean isEqual(byte[] given, byte[] secret) {
        return MessageDigest.isEqual(given, secret);
    }
}
