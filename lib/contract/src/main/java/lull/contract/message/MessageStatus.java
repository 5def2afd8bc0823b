package lull.contract.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.trace.TraceParent;
import lull.contract.trace.Traced;
import org.jspecify.annotations.Nullable;

/// WhatsApp's report about a message that was sent to a customer: the values of
/// `whatsapp.message.status`.
///
/// @param messageId WhatsApp's id of the message that was sent
/// @param status WhatsApp's word: sent, delivered, read, played, failed, and future words
/// @param callbackData what was sent with it as `biz_opaque_callback_data`
/// @param contact the entry of WhatsApp's `contacts` that belongs to the recipient, unchanged
/// @param raw WhatsApp's status object, unchanged
public record MessageStatus(
        String messageId,
        String status,
        ConversationKey conversation,
        Instant receivedAt,
        Source source,
        Business business,
        @Nullable String callbackData,
        @Nullable JsonNode contact,
        JsonNode raw)
        implements Traced {

    @Override
    public List<TraceParent> causes() {
        return source.causes();
    }

    @Override
    public String toString() {
        return "MessageStatus[" + status + " of " + messageId + "]";
    }
}
