package lull.chatwoot;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lull.contract.ConversationKey;
import lull.runtime.Secrets;

/// Chatwoot's `source_id` of a customer in an inbox. It contains the conversation, so that a callback
/// says where a reply goes without anything that is stored, and a code that only who knows the inbox's
/// identifier can make: by Chatwoot's public API a `source_id` is all that is needed to write as that
/// customer. The same conversation has always the same one. Pure.
public final class ContactSource {

    private static final int CODE_BYTES = 16;
    private static final int CODE_DIGITS = 2 * CODE_BYTES;
    private static final String ALGORITHM = "HmacSHA256";

    private ContactSource() {}

    /// Returns the `source_id`: letters, digits, `-` and `_`.
    ///
    /// @param inbox the inbox's identifier
    public static String of(String inbox, ConversationKey conversation) {
        byte[] key = conversation.toString().getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key)
                + HexFormat.of().formatHex(code(inbox, key));
    }

    /// Returns the conversation of a `source_id`; empty if Lull has not made it for this inbox.
    public static Optional<ConversationKey> conversation(String inbox, String source) {
        if (source.length() <= CODE_DIGITS) {
            return Optional.empty();
        }
        int end = source.length() - CODE_DIGITS;
        try {
            byte[] key = Base64.getUrlDecoder().decode(source.substring(0, end));
            byte[] given = HexFormat.of().parseHex(source, end, source.length());
            return Secrets.isEqual(given, code(inbox, key))
                    ? Optional.of(ConversationKey.parse(new String(key, StandardCharsets.UTF_8)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] code(String inbox, byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(inbox.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Arrays.copyOf(mac.doFinal(key), CODE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
