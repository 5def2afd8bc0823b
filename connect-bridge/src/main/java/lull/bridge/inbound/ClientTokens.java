package lull.bridge.inbound;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.stream.Stream;
import lull.bridge.inbound.attachments.AttachmentUploader;
import lull.bridge.text.TurnPart;
import lull.contract.turn.Turn;
import lull.runtime.Sha256;
import org.jspecify.annotations.Nullable;

/// The idempotency tokens of calls to Connect: digests of what a call is for, so that the same call made again,
/// after a crash too, carries the same token.
///
/// @param installation tells installations apart that use the same instance of Connect: they get the same
///     webhooks, perhaps, and must never share a contact
public record ClientTokens(String installation) {

    /// Of StartChatContact.
    ///
    /// @param replaces the contact that the new one takes the place of
    /// @param continues whether the new one goes on where that one ended
    String start(Turn turn, @Nullable String replaces, boolean continues) {
        String before = replaces == null ? "" : replaces;
        return continues
                ? digest("continue", turn.id(), turn.firstMessageId(), before)
                : digest("start", turn.id(), turn.firstMessageId(), before);
    }

    /// Of StartChatContact without the text that was to go along, as Connect has refused the request with it.
    String startWithoutText(Turn turn, @Nullable String replaces) {
        return digest("without text", turn.id(), turn.firstMessageId(), replaces == null ? "" : replaces);
    }

    /// Of StartContactStreaming.
    String streaming(String initialContactId) {
        return digest("streaming", initialContactId);
    }

    /// Of SendMessage.
    String part(Turn turn, TurnPart part) {
        return digest(
                "part", turn.id(), turn.firstMessageId(), Integer.toString(part.item()), Integer.toString(part.part()));
    }

    /// Of the calls that attach a file.
    AttachmentUploader.Tokens file(Turn turn, TurnPart part) {
        return (call, announcement) -> digest(
                call,
                turn.id(),
                turn.firstMessageId(),
                Integer.toString(part.item()),
                Integer.toString(part.part()),
                Integer.toString(announcement));
    }

    /// Of SendMessage that tells a customer's new address.
    String address(String initialContactId, String address) {
        return digest("address", initialContactId, address);
    }

    /// Of SendMessage that takes the place of a turn whose handling fails unexpectedly.
    String givenUp(Turn turn) {
        return digest("given-up", turn.id(), turn.firstMessageId());
    }

    /// Of SendMessage that takes the place of a part which Connect refuses.
    String refused(Turn turn, TurnPart part) {
        return digest(
                "refused",
                turn.id(),
                turn.firstMessageId(),
                Integer.toString(part.item()),
                Integer.toString(part.part()));
    }

    /// Of SendMessage that tells of a file which the scanner has rejected.
    String rejected(String attachmentId) {
        return digest("rejected", attachmentId);
    }

    /// Of SendMessage that tells what is said in a voice note.
    ///
    /// @param part number of the part of the transcript, from 0
    public String transcript(Turn turn, int item, int part) {
        return digest("transcript", turn.id(), turn.firstMessageId(), Integer.toString(item), Integer.toString(part));
    }

    private String digest(String... fields) {
        MessageDigest digest = Sha256.digest();
        Stream.concat(Stream.of(installation), Stream.of(fields)).forEach(field -> {
            byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
            // With its length in front, no field can be taken for the end of the one before it.
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        });
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    }
}
