package lull.ingress.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Secrets of an app, ready for use. A signature by any of them is valid, so that secrets can be
/// rotated.
public final class AppSecrets {

    private static final String ALGORITHM = "HmacSHA256";

    /// Never used directly, only copied: a copy costs a fraction of creating one.
    private final List<Mac> prototypes;

    public AppSecrets(List<String> secrets) {
        this.prototypes = secrets.stream().map(AppSecrets::mac).toList();
    }

    /// Returns the HMAC-SHA256 of a body with each of the secrets.
    List<byte[]> digests(byte[] body) {
        return prototypes.stream().map(prototype -> digest(prototype, body)).toList();
    }

    private static byte[] digest(Mac prototype, byte[] body) {
        try {
            return ((Mac) prototype.clone()).doFinal(body);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The JDK's " + ALGORITHM + " can be copied", e);
        }
    }

    private static Mac mac(String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "AppSecrets[" + prototypes.size() + "]";
    }
}
