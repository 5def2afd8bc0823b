package lull.contract.message;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Part of a WhatsApp message id that stays the same when WhatsApp writes the id in another form. The
/// same message has one id with the customer's phone number inside and one with the user id; both
/// contain this token of 32 hexadecimal digits. Messages that refer to another one, such as quotes,
/// reactions, edits and deletions, may name it by either form. Pure.
public final class MessageToken {

    private static final String PREFIX = "wamid.";
    private static final Pattern ID = Pattern.compile("wamid[.][0-9A-Za-z+/_-]+");
    private static final int DIGITS = 32;

    private MessageToken() {}

    /// Returns the token of a message id; the id itself if it has none, such as an id that WhatsApp did
    /// not create.
    public static String of(String messageId) {
        if (!messageId.startsWith(PREFIX)) {
            return messageId;
        }
        byte[] inside = inside(messageId);
        // The token is the last text inside: its length, then the digits.
        for (int at = inside.length - DIGITS; at > 0; at--) {
            if (inside[at - 1] == DIGITS && isHexadecimal(inside, at)) {
                return new String(inside, at, DIGITS, StandardCharsets.US_ASCII);
            }
        }
        return messageId;
    }

    /// Whether two ids belong to the same message.
    public static boolean isSame(String one, String other) {
        return one.equals(other) || of(one).equals(of(other));
    }

    /// Returns what is inside the message ids in a text, such as the customer's phone number, as texts of
    /// one character for each byte.
    public static Stream<String> insideIdsOf(String text) {
        return ID.matcher(text).results().map(id -> new String(inside(id.group()), StandardCharsets.ISO_8859_1));
    }

    /// Returns the bytes inside an id; none if it is not one of WhatsApp.
    private static byte[] inside(String messageId) {
        try {
            return Base64.getDecoder().decode(unpadded(messageId.substring(PREFIX.length())));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static String unpadded(String base64) {
        String text = base64.replace('-', '+').replace('_', '/');
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        return text.substring(0, end);
    }

    private static boolean isHexadecimal(byte[] bytes, int from) {
        for (int at = from; at < from + DIGITS; at++) {
            if (Character.digit(bytes[at], 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
