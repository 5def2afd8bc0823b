package lull.bridge.chat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import lull.contract.turn.Turn;
import org.jspecify.annotations.Nullable;

/// The idempotency tokens of calls to Connect: digests of what a call is for, so that the same call made again,
/// after a crash too, carries the same token, and no two installations share one.
final class ClientTokens {

    private ClientTokens() {}

    /// Of StartChatContact.
    ///
    /// @param replaces the contact that the new one takes the place of
    static String start(Turn turn, @Nullable String replaces) {
        return digest("start", turn.id(), turn.firstMessageId(), replaces == null ? "" : replaces);
    }

    /// Of StartContactStreaming.
    static String streaming(String initialContactId) {
        return digest("streaming", initialContactId);
    }

    /// Of SendMessage.
    static String part(Turn turn, TurnPart part) {
        return digest(
                "part", turn.id(), turn.firstMessageId(), Integer.toString(part.item()), Integer.toString(part.part()));
    }

    private static String digest(String... fields) {
        MessageDigest digest = sha256();
        for (String field : fields) {
            byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
            // With its length in front, no field can be taken for the end of the one before it.
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
