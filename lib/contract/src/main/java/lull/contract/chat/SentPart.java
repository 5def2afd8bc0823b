package lull.contract.chat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import lull.contract.ConversationKey;
import lull.contract.KeptFile;
import org.jspecify.annotations.Nullable;

/// Part of a turn that Amazon Connect has accepted: the values of `connect.message.sent`, keyed by the
/// turn's id.
///
/// @param item number of the turn's item, from 0
/// @param part number of the part of that item, from 0
/// @param connectMessageId Connect's id of it; for a file the attachment's id; for a chat's initial
///     message, which has none, the contact's id
/// @param messageIds the WhatsApp messages that it shows
/// @param last whether with this part the whole turn is accepted
/// @param replay the dead letter that was replayed for it; absent: none
/// @param file the customer's file of this part, if it is kept; absent: none
public record SentPart(
        String turnId,
        ConversationKey conversation,
        int item,
        int part,
        String initialContactId,
        String connectMessageId,
        List<String> messageIds,
        Instant at,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean last,
        @Nullable String replay,
        @Nullable KeptFile file) {

    @JsonCreator
    public SentPart {
        messageIds = List.copyOf(messageIds);
    }

    /// Creates a part without a kept file.
    public SentPart(
            String turnId,
            ConversationKey conversation,
            int item,
            int part,
            String initialContactId,
            String connectMessageId,
            List<String> messageIds,
            Instant at,
            boolean last,
            @Nullable String replay) {
        this(turnId, conversation, item, part, initialContactId, connectMessageId, messageIds, at, last, replay, null);
    }

    /// Creates a part for which no dead letter was replayed.
    public SentPart(
            String turnId,
            ConversationKey conversation,
            int item,
            int part,
            String initialContactId,
            String connectMessageId,
            List<String> messageIds,
            Instant at,
            boolean last) {
        this(turnId, conversation, item, part, initialContactId, connectMessageId, messageIds, at, last, null, null);
    }
}
