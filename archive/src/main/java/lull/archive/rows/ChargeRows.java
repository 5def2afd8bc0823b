package lull.archive.rows;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lull.archive.schema.Tables;
import lull.contract.Channel;
import lull.contract.ConversationKey;
import lull.contract.chat.ChatEvent;
import lull.contract.chat.ParticipantRole;
import lull.contract.chat.SentPart;
import lull.contract.message.MessageStatus;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyOrigin;
import lull.whatsapp.CallbackData;
import org.jspecify.annotations.Nullable;

/// Rows of the ledger: messages that WhatsApp and Amazon Connect charge for. Pure.
final class ChargeRows {

    /// The longest part of a number that chooses a price: the code of a country, or of an area in North
    /// America.
    private static final int PREFIX = 4;

    private static final int COUNTRY = 2;

    private ChargeRows() {}

    /// Returns the row of a status: only of those that have a price, or report that the message has
    /// arrived. WhatsApp charges for a message when it is delivered, and for none that has failed.
    static Optional<ArchiveRow> of(MessageStatus status, Instant at, Place place) {
        JsonNode pricing = status.raw().path("pricing");
        int progress = progress(status.status());
        if (!Channel.of(status.conversation()).isWhatsApp()
                || progress == 0
                || (progress == 1 && !pricing.isObject())) {
            return Optional.empty();
        }
        ConversationKey conversation = status.conversation();
        Optional<CallbackData> callback =
                Optional.ofNullable(status.callbackData()).flatMap(CallbackData::parse);
        ArchiveRow.Builder row = ArchiveRow.of(Tables.WhatsAppCharge.ROWS)
                .set(Tables.WhatsAppCharge.MESSAGE_ID, StoredText.messageId(status.messageId()))
                .set(Tables.WhatsAppCharge.RECIPIENT, StoredText.id(member(status.raw())))
                .set(Tables.WhatsAppCharge.FIRST_VERSION, place.version())
                .set(Tables.WhatsAppCharge.CONVERSATION, StoredText.id(conversation.toString()))
                .set(Tables.WhatsAppCharge.BUSINESS_NUMBER, StoredText.id(conversation.businessNumber()))
                .set(Tables.WhatsAppCharge.RECIPIENT_PREFIX, prefix(status))
                .set(
                        Tables.WhatsAppCharge.REPLY_ID,
                        callback.map(it -> StoredText.id(it.replyId())).orElse(null))
                .set(
                        Tables.WhatsAppCharge.PART_NUMBER,
                        callback.map(CallbackData::part).orElse(null))
                .set(Tables.WhatsAppCharge.HAPPENED_AT, StoredText.time(at));
        if (progress > 1) {
            row.set(Tables.WhatsAppCharge.DELIVERED_AT, StoredText.time(at));
        }
        if (pricing.isObject()) {
            // The status nearest to the delivery knows best; of the same status the last record counts.
            row.set(Tables.WhatsAppCharge.PRICING_VERSION, progress + place.version())
                    .set(Tables.WhatsAppCharge.PRICING_TYPE, word(pricing, "type"))
                    .set(Tables.WhatsAppCharge.CATEGORY, category(pricing))
                    .set(Tables.WhatsAppCharge.CHARGED, isCharged(pricing));
        }
        return Optional.of(row.build());
    }

    /// Returns how much a status says about the delivery: nothing, expected, arrived, and when it
    /// arrived.
    private static int progress(String status) {
        return switch (status) {
            case "sent" -> 1;
            case "read", "played" -> 2;
            case "delivered" -> 3;
            default -> 0;
        };
    }

    /// Returns the member of a group that a status is about; empty for a message to one customer. Only
    /// these have several recipients, and a customer may have two ids.
    private static String member(JsonNode raw) {
        for (String name :
                new String[] {"recipient_participant_id", "participant_recipient_id", "recipient_participant_user_id"
                }) {
            String member = raw.path(name).asText("");
            if (!member.isEmpty()) {
                return member;
            }
        }
        return "";
    }

    private static @Nullable String prefix(MessageStatus status) {
        JsonNode raw = status.raw();
        String member = member(raw);
        String id = member.isEmpty() ? raw.path("recipient_id").asText("") : member;
        if (!isNumber(id)) {
            id = member.isEmpty() ? raw.path("recipient_user_id").asText("") : member;
        }
        return prefix(id.isEmpty() ? status.conversation().customer() : id);
    }

    /// Returns the first digits of a number, or the country of a user id such as
    /// `US.13491208655302741918`; null for anything else, such as a group.
    private static @Nullable String prefix(String id) {
        if (isNumber(id)) {
            return id.substring(0, Math.min(PREFIX, id.length()));
        }
        return id.matches("[A-Z]{2}\\..+") ? id.substring(0, COUNTRY) : null;
    }

    private static boolean isNumber(String id) {
        return id.matches("[0-9]+");
    }

    private static String category(JsonNode pricing) {
        // WhatsApp writes one of its categories in two ways.
        return StoredText.id(pricing.path("category").asText("").replace('-', '_'));
    }

    private static @Nullable String word(JsonNode pricing, String name) {
        return StoredText.idOrNull(pricing.path(name).asText(""));
    }

    /// Returns null if neither the type nor `billable`, which WhatsApp will remove, says it.
    private static @Nullable Boolean isCharged(JsonNode pricing) {
        String type = pricing.path("type").asText("");
        if (type.equals("regular")) {
            return true;
        }
        if (type.startsWith("free_")) {
            return false;
        }
        JsonNode billable = pricing.path("billable");
        return billable.isBoolean() ? (Boolean) billable.booleanValue() : null;
    }

    /// Returns the row of a part of a turn.
    static ArchiveRow of(SentPart part) {
        return charge(part.connectMessageId(), part.initialContactId(), part.at())
                .set(
                        Tables.ConnectCharge.CONVERSATION,
                        StoredText.id(part.conversation().toString()))
                .set(
                        Tables.ConnectCharge.BUSINESS_NUMBER,
                        StoredText.id(part.conversation().businessNumber()))
                .set(Tables.ConnectCharge.SENDER, ParticipantRole.CUSTOMER.name())
                // A part of no message is a note of Lull, such as who has begun the conversation.
                .set(Tables.ConnectCharge.TURN_ID, part.messageIds().isEmpty() ? null : StoredText.id(part.turnId()))
                .set(Tables.ConnectCharge.PART_NUMBER, part.part())
                .build();
    }

    /// Returns the row of a message or file in a chat; nothing for other events.
    static Optional<ArchiveRow> of(ChatEvent event) {
        String id = switch (event.what()) {
            case ChatEvent.Said _ -> event.id();
            // Of the customer's own files Connect names the attachment when it accepts them.
            case ChatEvent.Attached file ->
                ParticipantRole.of(event.role()) == ParticipantRole.CUSTOMER ? file.attachmentId() : event.id();
            case ChatEvent.Ended _, ChatEvent.ReconcileRequested _, ChatEvent.EndRequested _, ChatEvent.Other _ -> "";
        };
        return id.isEmpty()
                ? Optional.empty()
                : Optional.of(charge(id, event.initialContactId(), event.at())
                        .set(Tables.ConnectCharge.SENDER, StoredText.idOrNull(event.role()))
                        .build());
    }

    /// Returns the rows of the messages of a chat that became a reply, whose notifications may have
    /// been lost; nothing for replies of applications.
    static List<ArchiveRow> of(Reply reply) {
        if (!(reply.origin() instanceof ReplyOrigin.Chat chat)) {
            return List.of();
        }
        return reply.texts().isEmpty()
                ? List.of(charge(reply, chat, reply.id(), reply.requestedAt()))
                : reply.texts().stream()
                        .map(text -> charge(reply, chat, text.id(), text.at()))
                        .toList();
    }

    private static ArchiveRow charge(Reply reply, ReplyOrigin.Chat chat, String connectId, Instant at) {
        return charge(connectId, chat.initialContactId(), at)
                .set(
                        Tables.ConnectCharge.CONVERSATION,
                        StoredText.id(reply.conversation().toString()))
                .set(
                        Tables.ConnectCharge.BUSINESS_NUMBER,
                        StoredText.id(reply.conversation().businessNumber()))
                .set(Tables.ConnectCharge.SENDER, StoredText.idOrNull(chat.role()))
                .build();
    }

    private static ArchiveRow.Builder charge(String connectId, String contactId, Instant at) {
        return ArchiveRow.of(Tables.ConnectCharge.ROWS)
                .set(Tables.ConnectCharge.CONNECT_ID, StoredText.id(connectId))
                .set(Tables.ConnectCharge.CONTACT_ID, StoredText.id(contactId))
                .set(Tables.ConnectCharge.ACCEPTED_AT, StoredText.time(at));
    }
}
