package lull.applications.http;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Secret by which an application recognizes that a request is from Lull, as the Standard Webhooks
/// specification 1.0.0 describes it: `whsec_` and 24 to 64 bytes in base64. Immutable.
public final class WebhookSecret {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;

    private final SecretKeySpec key;

    private WebhookSecret(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /// Reads a secret; throws `IllegalArgumentException` if it is none. The message does not contain it.
    public static WebhookSecret of(String text) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be " + PREFIX + " and bytes in base64, separated by commas", e);
        }
        if (key.length < SHORTEST || key.length > LONGEST) {
            throw new IllegalArgumentException("must be secrets of " + SHORTEST + " to " + LONGEST + " bytes");
        }
        return new WebhookSecret(key);
    }

    /// Returns the header `webhook-signature` of a request: a signature by each secret, so that secrets
    /// can be rotated.
    ///
    /// @param id the header `webhook-id`
    /// @param at whose seconds are the header `webhook-timestamp`
    public static String sign(List<WebhookSecret> secrets, String id, Instant at, byte[] body) {
        return secrets.stream()
                .map(secret -> "v1," + Base64.getEncoder().encodeToString(secret.mac(id, at, body)))
                .collect(Collectors.joining(" "));
    }

    private byte[] mac(String id, Instant at, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "WebhookSecret[]";
    }
}
