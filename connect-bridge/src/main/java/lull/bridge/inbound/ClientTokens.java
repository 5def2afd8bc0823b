package lull.bridge.inbound;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import lull.bridge.inbound.attachments.AttachmentTokens;
import lull.contract.reply.ConversationBegun;
import lull.contract.turn.Turn;
import lull.runtime.Sha256;
import lull.text.TurnPart;
import org.jspecify.annotations.Nullable;

/// Idempotency tokens of calls to Connect. A token is a digest of the purpose of a call, so that a
/// repeated call carries the same token, also after a crash.
///
/// @param installation distinguishes installations that use the same Connect instance: they may get the
///     same webhooks, and must never share a contact
public record ClientTokens(String installation) {

    /// Returns the token of StartChatContact.
    ///
    /// @param answered the conversations that the turn answers: a request without them is another one
    /// @param replaces the contact that the new one replaces
    /// @param continues whether the new one continues that one
    String start(Turn turn, List<ConversationBegun> answered, @Nullable String replaces, boolean continues) {
        return start(continues ? "continue" : "start", turn, answered, replaces);
    }

    /// Returns the token of StartChatContact without the initial text, after Connect has refused the
    /// request with it.
    String startWithoutText(Turn turn, List<ConversationBegun> answered, @Nullable String replaces) {
        return start("without text", turn, answered, replaces);
    }

    private String start(String call, Turn turn, List<ConversationBegun> answered, @Nullable String replaces) {
        return digest(Stream.concat(
                        Stream.of(call, turn.id(), turn.firstMessageId(), replaces == null ? "" : replaces),
                        answered.stream().map(ConversationBegun::replyId))
                .toArray(String[]::new));
    }

    /// Returns the token of StartContactStreaming.
    String streaming(String initialContactId) {
        return digest("streaming", initialContactId);
    }

    /// Returns the token of SendMessage.
    ///
    /// @param replay the dead letter for which the part is shown again; empty for all others
    String part(Turn turn, TurnPart part, String replay) {
        return digest(of("part", turn, part, replay));
    }

    /// Returns the tokens of the calls that attach a file.
    ///
    /// @param replay the dead letter for which the part is shown again; empty for all others
    AttachmentTokens file(Turn turn, TurnPart part, String replay) {
        return (call, announcement) -> digest(of(call, turn, part, Integer.toString(announcement), replay));
    }

    /// Returns the token of SendMessage that reports a customer's new address.
    String address(String initialContactId, String address) {
        return digest("address", initialContactId, address);
    }

    /// Returns the token of SendMessage for the note in place of a turn whose handling fails
    /// unexpectedly.
    String givenUp(Turn turn) {
        return digest("given-up", turn.id(), turn.firstMessageId());
    }

    /// Returns the token of SendMessage for the note in place of a part that Connect refuses.
    ///
    /// @param replay the dead letter for which the part is shown again; empty for all others
    String refused(Turn turn, TurnPart part, String replay) {
        return digest(of("refused", turn, part, replay));
    }

    /// Returns the token of SendMessage that reports a file which the scanner has rejected.
    String rejected(String attachmentId) {
        return digest("rejected", attachmentId);
    }

    /// Returns the token of SendMessage for the transcript of a voice note.
    ///
    /// @param part number of the part of the transcript, from 0
    public String transcript(Turn turn, int item, int part) {
        return digest("transcript", turn.id(), turn.firstMessageId(), Integer.toString(item), Integer.toString(part));
    }

    /// Returns the fields of a token of a part. What is empty is left out, so that tokens stay what
    /// they were before there were replays.
    private static String[] of(String call, Turn turn, TurnPart part, String... more) {
        return Stream.concat(
                        Stream.of(
                                call,
                                turn.id(),
                                turn.firstMessageId(),
                                Integer.toString(part.item()),
                                Integer.toString(part.part())),
                        Stream.of(more).filter(field -> !field.isEmpty()))
                .toArray(String[]::new);
    }

    private String digest(String... fields) {
        MessageDigest digest = Sha256.digest();
        Stream.concat(Stream.of(installation), Stream.of(fields)).forEach(field -> {
            byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
            // The length comes first, so that no field can be taken for the end of the one before it.
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        });
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    }
}
