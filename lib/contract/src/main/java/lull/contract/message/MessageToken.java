package lull.contract.message;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Part of a WhatsApp message id that stays the same when WhatsApp writes the id in another form. The
/// same message has one id with the customer's phone number inside and one with the user id; both
/// contain this token of hexadecimal digits. It has 32 digits, or fewer: 18 in messages of businesses,
/// 20 or 22 from some phones and browsers. Messages that refer to another one, such as quotes,
/// reactions, edits and deletions, may name it by either form. Pure.
public final class MessageToken {

    private static final String PREFIX = "wamid.";
    private static final Pattern ID = Pattern.compile("wamid[.][0-9A-Za-z+/_-]+");
    /// A shorter token would not identify a message.
    private static final int LEAST_DIGITS = 16;

    /// The length is one byte before the token, which no digit can be.
    private static final int MOST_DIGITS = 40;

    private MessageToken() {}

    /// Returns the token of a message id; the id itself if it has none, such as an id that WhatsApp did
    /// not create.
    public static String of(String messageId) {
        if (!messageId.startsWith(PREFIX)) {
            return messageId;
        }
        byte[] inside = inside(messageId);
        int end = inside.length;
        while (end > 0 && inside[end - 1] == 0) {
            end--;
        }
        // The token is the last text inside: its length, then the digits.
        for (int digits = LEAST_DIGITS; digits <= Math.min(MOST_DIGITS, end - 1); digits++) {
            int start = end - digits;
            if (inside[start - 1] == digits && isHexadecimal(inside, start, end)) {
                return new String(inside, start, digits, StandardCharsets.US_ASCII);
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

    private static boolean isHexadecimal(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (Character.digit(bytes[at], 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
