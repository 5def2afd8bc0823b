package lull.standins.whatsapp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The body and signature of a webhook as Meta sends them.
public final class SignedWebhook {
    /// The header that carries the signature.
    public static final String HEADER = "X-Hub-Signature-256";

    private static final char FIRST_NON_ASCII = 0x80;

    private SignedWebhook() {}

    /// The header's value for these bytes: `sha256=` and 64 lower-case hex digits.
    public static String signature(byte[] body, String appSecret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(appSecret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    /// JSON as Meta writes it: slashes as `\/`, and what is not ASCII as `\u00e4`. Only spelling changes, not
    /// meaning.
    public static byte[] escape(String json) {
        StringBuilder escaped = new StringBuilder(json.length() + 64);
        boolean afterBackslash = false;
        for (int at = 0; at < json.length(); at++) {
            char letter = json.charAt(at);
            if (letter >= FIRST_NON_ASCII) {
                escaped.append("\\u").append(HexFormat.of().toHexDigits(letter));
            } else if (letter == '/' && !afterBackslash) {
                escaped.append("\\/");
            } else {
                escaped.append(letter);
            }
            afterBackslash = letter == '\\' && !afterBackslash;
        }
        return escaped.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
