package lull.runtime.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lull.runtime.Secrets;
import org.jspecify.annotations.Nullable;

/// Secrets by which requests are signed and recognized, as the Standard Webhooks specification 1.0.0
/// describes it: each is `whsec_` and 24 to 64 bytes in base64. Several allow a rotation. Immutable.
public final class WebhookSecrets {

    /// What each secret begins with.
    public static final String PREFIX = "whsec_";

    /// Header with the id of a request, the same whenever it is repeated.
    public static final String ID = "webhook-id";

    /// Header with the seconds at which a request was signed.
    public static final String TIMESTAMP = "webhook-timestamp";

    /// Header with the signatures.
    public static final String SIGNATURE = "webhook-signature";

    private static final String ALGORITHM = "HmacSHA256";
    private static final String VERSION = "v1,";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;
    private static final int MAX_SIGNATURES = 20;
    private static final int MAX_ID_CHARACTERS = 256;

    /// How far the time of a request may be from ours.
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final List<SecretKeySpec> keys;

    private WebhookSecrets(List<SecretKeySpec> keys) {
        this.keys = List.copyOf(keys);
    }

    /// Reads secrets; throws `IllegalArgumentException` if one is none. The message does not contain it.
    public static WebhookSecrets of(List<String> texts) {
        return new WebhookSecrets(texts.stream().map(WebhookSecrets::key).toList());
    }

    /// Whether a text is a secret.
    public static boolean isSecret(String text) {
        try {
            key(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static SecretKeySpec key(String text) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be " + PREFIX + " and bytes in base64, separated by commas", e);
        }
        if (key.length < SHORTEST || key.length > LONGEST) {
            throw new IllegalArgumentException("must be secrets of " + SHORTEST + " to " + LONGEST + " bytes");
        }
        return new SecretKeySpec(key, ALGORITHM);
    }

    /// Whether there is none.
    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /// Returns the header `webhook-signature` of a request: a signature by each secret.
    ///
    /// @param id the header `webhook-id`
    /// @param at whose seconds are the header `webhook-timestamp`
    public String sign(String id, Instant at, byte[] body) {
        return keys.stream()
                .map(key -> VERSION + Base64.getEncoder().encodeToString(mac(key, id, at.getEpochSecond(), body)))
                .collect(Collectors.joining(" "));
    }

    /// Does the same for a body that is not in memory, which is written once for each secret.
    public String sign(String id, Instant at, Body body) throws IOException {
        List<String> signatures = new ArrayList<>();
        for (SecretKeySpec key : keys) {
            Mac mac = mac(key, id, at.getEpochSecond());
            body.writeTo(new OutputStream() {
                @Override
                public void write(int one) {
                    mac.update((byte) one);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) {
                    mac.update(bytes, offset, length);
                }
            });
            signatures.add(VERSION + Base64.getEncoder().encodeToString(mac.doFinal()));
        }
        return String.join(" ", signatures);
    }

    /// Body of a request that is written piece by piece.
    @FunctionalInterface
    public interface Body {
        void writeTo(OutputStream output) throws IOException;
    }

    /// Whether a request is signed by one of the secrets, less than five minutes ago. Every signature is
    /// compared with every secret, so that the time it takes reveals nothing.
    public boolean isSigned(
            @Nullable String id, @Nullable String timestamp, @Nullable String signature, byte[] body, Instant now) {
        if (id == null
                || id.isEmpty()
                || id.length() > MAX_ID_CHARACTERS
                || timestamp == null
                || !timestamp.matches("[0-9]{1,11}")
                || signature == null) {
            return false;
        }
        long at = Long.parseLong(timestamp);
        if (Math.abs(now.getEpochSecond() - at) > TOLERANCE.toSeconds()) {
            return false;
        }
        List<String> expected = new ArrayList<>();
        keys.forEach(key -> expected.add(VERSION + Base64.getEncoder().encodeToString(mac(key, id, at, body))));
        boolean known = false;
        String[] given = signature.strip().split(" +", MAX_SIGNATURES + 1);
        for (int i = 0; i < Math.min(given.length, MAX_SIGNATURES); i++) {
            for (String right : expected) {
                known |= Secrets.isEqual(given[i], right);
            }
        }
        return known;
    }

    private static byte[] mac(SecretKeySpec key, String id, long seconds, byte[] body) {
        return mac(key, id, seconds).doFinal(body);
    }

    private static Mac mac(SecretKeySpec key, String id, long seconds) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "WebhookSecrets[" + keys.size() + "]";
    }
}
