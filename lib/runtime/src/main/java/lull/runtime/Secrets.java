package lull.runtime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Comparison of secrets in constant time: how long it takes does not depend on how much of a guess is right. Pure.
public final class Secrets {

    private Secrets() {}

    /// Whether a text is a secret.
    public static boolean isEqual(String given, String secret) {
        return isEqual(given.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
    }

    /// Whether bytes are a secret.
    public static boolean isEqual(byte[] given, byte[] secret) {
        return MessageDigest.isEqual(given, secret);
    }
}
