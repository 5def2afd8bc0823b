package lull.archive.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lull.archive.schema.Tables;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.contract.chat.SentPart;
import lull.contract.message.Content;
import lull.contract.message.Message;
import lull.contract.message.MessageContext;
import lull.contract.turn.Turn;
import org.apache.kafka.common.header.Headers;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/// Rows of what goes from customers to agents: messages, turns, parts, chats. Pure.
final class CustomerRows {

    private CustomerRows() {}

    static List<ArchiveRow> of(Message message, Place place, Headers headers) {
        ConversationKey conversation = message.conversation();
        Content content = message.content();
        Body body = Body.of(content);
        Customer customer = message.customer();
        String sender = sender(customer);
        ArchiveRow.Builder row = ArchiveRow.of(Tables.Message.ROWS)
                .set(Tables.Message.MESSAGE_ID, StoredText.messageId(message.id()))
                .set(Tables.Message.FIRST_VERSION, place.version())
                .set(Tables.Message.WHATSAPP_ID, StoredText.id(message.id()))
                .set(Tables.Message.CONVERSATION, StoredText.id(conversation.toString()))
                .set(Tables.Message.BUSINESS_NUMBER, StoredText.id(conversation.businessNumber()))
                .set(Tables.Message.DIRECTION, "in")
                .set(Tables.Message.KIND, content.kind().word())
                .set(Tables.Message.BODY, StoredText.body(body.text()))
                .set(Tables.Message.SENDER, StoredText.idOrNull(sender == null ? conversation.customer() : sender))
                .set(Tables.Message.SENDER_NAME, StoredText.line(customer.name()))
                .set(Tables.Message.REFERS_TO, StoredText.messageIdOrNull(refersTo(message, body)))
                .set(Tables.Message.SENT_AT, StoredText.time(message.sentAt()))
                .set(Tables.Message.HAPPENED_AT, StoredText.time(message.receivedAt()));
        if (content instanceof Content.Media media) {
            row.set(Tables.Message.MEDIA_ID, StoredText.idOrNull(media.mediaId()))
                    .set(Tables.Message.MEDIA_TYPE, StoredText.idOrNull(media.mimeType()))
                    .set(Tables.Message.FILENAME, StoredText.line(media.filename()));
        }
        return List.of(
                row.build(),
                conversation(message, place),
                Hop.of(place, headers, "message_received", message.receivedAt())
                        .detail(content.kind().word() + " by "
                                + message.source().door())
                        .conversation(conversation)
                        .message(message.id())
                        .build());
    }

    private static ArchiveRow conversation(Message message, Place place) {
        Customer customer = message.customer();
        ArchiveRow.Builder row = ofConversation(message.conversation())
                .set(Tables.Conversation.LAST_ACTIVITY_AT, StoredText.time(message.receivedAt()))
                .set(Tables.Conversation.LAST_INBOUND_AT, StoredText.time(message.receivedAt()));
        String version = place.version();
        last(
                row,
                version,
                Tables.Conversation.NAME_VERSION,
                Tables.Conversation.NAME,
                StoredText.line(customer.name()));
        last(
                row,
                version,
                Tables.Conversation.USERNAME_VERSION,
                Tables.Conversation.USERNAME,
                StoredText.line(customer.username()));
        last(
                row,
                version,
                Tables.Conversation.PHONE_VERSION,
                Tables.Conversation.PHONE,
                StoredText.idOrNull(customer.phone()));
        last(
                row,
                version,
                Tables.Conversation.USER_ID_VERSION,
                Tables.Conversation.USER_ID,
                StoredText.idOrNull(customer.userId()));
        return row.build();
    }

    /// Sets a column and its version, unless the record does not have it: then an earlier one still
    /// counts.
    private static void last(
            ArchiveRow.Builder row,
            String version,
            Field<String> versionField,
            Field<String> field,
            @Nullable String value) {
        if (value != null) {
            row.set(versionField, version).set(field, value);
        }
    }

    static ArchiveRow.Builder ofConversation(ConversationKey conversation) {
        return ArchiveRow.of(Tables.Conversation.ROWS)
                .set(Tables.Conversation.CONVERSATION, StoredText.id(conversation.toString()))
                .set(Tables.Conversation.BUSINESS_NUMBER, StoredText.id(conversation.businessNumber()))
                .set(Tables.Conversation.CUSTOMER, StoredText.id(conversation.customer()));
    }

    /// Returns by what senders are found: the user id, else the phone number.
    private static @Nullable String sender(Customer customer) {
        return customer.userId() != null ? customer.userId() : customer.phone();
    }

    private static @Nullable String refersTo(Message message, Body body) {
        String of = body.refersTo();
        return of != null
                ? of
                : message.context().map(MessageContext::messageId).orElse(null);
    }

    static List<ArchiveRow> of(Turn turn, Place place, Headers headers) {
        List<ArchiveRow> rows = new ArrayList<>();
        List<String> messages = turn.messageIds();
        Optional<String> rule = Optional.ofNullable(turn.route()).map(route -> route.rule());
        ArchiveRow.Builder row = ArchiveRow.of(Tables.Turn.ROWS)
                .set(Tables.Turn.TURN_ID, StoredText.id(turn.id()))
                .set(Tables.Turn.FIRST_VERSION, place.version())
                .set(Tables.Turn.CONVERSATION, StoredText.id(turn.conversation().toString()))
                .set(
                        Tables.Turn.BUSINESS_NUMBER,
                        StoredText.id(turn.conversation().businessNumber()))
                .set(Tables.Turn.CAUSE, turn.cause().word())
                .set(
                        Tables.Turn.GAP_MILLIS,
                        turn.gap() == null ? null : turn.gap().toMillis())
                .set(Tables.Turn.URGENT, turn.urgent())
                .set(Tables.Turn.FIRST_RECEIVED_AT, StoredText.time(turn.firstReceivedAt()))
                .set(Tables.Turn.LAST_RECEIVED_AT, StoredText.time(turn.lastReceivedAt()))
                .set(Tables.Turn.CLOSED_AT, place.appendedAt())
                .set(Tables.Turn.ITEMS, turn.items().size())
                .set(Tables.Turn.MESSAGES, messages.size())
                .set(Tables.Turn.LOG_TOPIC, place.topic())
                .set(Tables.Turn.ROUTE_RULE, StoredText.idOrNull(rule.orElse(null)));
        if (turn.handOver() != null) {
            row.set(Tables.Turn.HANDED_OVER_VERSION, place.version())
                    .set(Tables.Turn.HANDED_OVER_AT, place.appendedAt())
                    .set(
                            Tables.Turn.HANDED_OVER_REASON,
                            StoredText.reason(turn.handOver().reason()));
        }
        rows.add(row.build());
        messages.stream()
                .distinct()
                .forEach(id -> rows.add(ArchiveRow.of(Tables.TurnMessage.ROWS)
                        .set(Tables.TurnMessage.TURN_ID, StoredText.id(turn.id()))
                        .set(Tables.TurnMessage.MESSAGE_ID, StoredText.messageId(id))
                        .set(Tables.TurnMessage.CLOSED_AT, place.appendedAt())
                        .build()));
        rows.add(
                Hop.of(place, headers, turn.handOver() == null ? "turn_closed" : "turn_handed_over", place.appendedAt())
                        .detail(detail(turn, messages.size()))
                        .conversation(turn.conversation())
                        .turn(turn.id())
                        .build());
        return rows;
    }

    private static String detail(Turn turn, int messages) {
        StringBuilder detail = new StringBuilder("cause " + turn.cause().word());
        if (turn.gap() != null) {
            detail.append(", gap ").append(turn.gap().toMillis()).append(" ms");
        }
        detail.append(", messages ").append(messages);
        if (turn.route() != null) {
            detail.append(", rule ")
                    .append(turn.route().rule())
                    .append(" to ")
                    .append(turn.route().destination());
        }
        if (turn.handOver() != null && turn.handOver().reason() != null) {
            detail.append(", reason ").append(turn.handOver().reason());
        }
        return detail.toString();
    }

    static List<ArchiveRow> of(SentPart part, Place place, Headers headers) {
        List<ArchiveRow> rows = new ArrayList<>(List.of(
                ArchiveRow.of(Tables.Part.ROWS)
                        .set(Tables.Part.TURN_ID, StoredText.id(part.turnId()))
                        .set(Tables.Part.ITEM_NUMBER, part.item())
                        .set(Tables.Part.PART_NUMBER, part.part())
                        .set(Tables.Part.DEAD_LETTER, part.replay() == null ? "" : StoredText.id(part.replay()))
                        .set(Tables.Part.FIRST_VERSION, place.version())
                        .set(
                                Tables.Part.CONVERSATION,
                                StoredText.id(part.conversation().toString()))
                        .set(Tables.Part.CONTACT_ID, StoredText.id(part.initialContactId()))
                        .set(Tables.Part.CONNECT_ID, StoredText.id(part.connectMessageId()))
                        .set(Tables.Part.IS_LAST, part.last())
                        .set(Tables.Part.ACCEPTED_AT, StoredText.time(part.at()))
                        .build(),
                Hop.of(place, headers, "part_accepted", part.at())
                        .detail("item " + part.item() + ", part " + part.part() + (part.last() ? ", the last" : ""))
                        .conversation(part.conversation())
                        .turn(part.turnId())
                        .chat(part.initialContactId())
                        .connect(part.connectMessageId())
                        .deadLetter(part.replay())
                        .build()));
        rows.add(ChargeRows.of(part));
        FileRows.of(part, place).forEach(rows::add);
        return rows;
    }

    static List<ArchiveRow> of(Chat chat, Place place, Headers headers) {
        boolean isOpening = chat.endedAt() == null && chat.connectedAt() == null;
        String step = chat.endedAt() != null ? "chat_ended" : isOpening ? "chat_opened" : "chat_continued";
        Hop hop = Hop.of(
                        place,
                        headers,
                        step,
                        chat.endedAt() != null ? chat.endedAt() : isOpening ? chat.openedAt() : place.appendedAt())
                .conversation(chat.conversation())
                .chat(chat.initialContactId());
        if (isOpening) {
            hop.turn(chat.openedByTurn());
        }
        return List.of(
                ArchiveRow.of(Tables.Chat.ROWS)
                        .set(Tables.Chat.CONTACT_ID, StoredText.id(chat.initialContactId()))
                        .set(Tables.Chat.LAST_VERSION, place.version())
                        .set(
                                Tables.Chat.CONVERSATION,
                                StoredText.id(chat.conversation().toString()))
                        .set(Tables.Chat.OPENED_BY_TURN, StoredText.id(chat.openedByTurn()))
                        .set(Tables.Chat.OPENED_AT, StoredText.time(chat.openedAt()))
                        .set(Tables.Chat.CONNECTED_AT, StoredText.time(chat.connectedAt()))
                        .set(Tables.Chat.ENDED_AT, StoredText.time(chat.endedAt()))
                        .build(),
                hop.build());
    }

    static List<ArchiveRow> of(ChatEvent event, Place place, Headers headers) {
        String what = switch (event.what()) {
            case ChatEvent.Said said -> "said " + said.contentType();
            case ChatEvent.Attached attached -> "attached, status " + attached.status();
            case ChatEvent.Ended _ -> "ended";
            case ChatEvent.ReconcileRequested _ -> "look back requested";
            case ChatEvent.EndRequested(String reason) -> "end requested: " + reason;
            case ChatEvent.Other other -> other.name();
        };
        String role = event.role();
        List<ArchiveRow> rows = new ArrayList<>();
        ChargeRows.of(event).ifPresent(rows::add);
        rows.add(Hop.of(place, headers, "chat_event", event.at())
                .detail(role == null ? what : role.toLowerCase(Locale.ROOT) + ": " + what)
                .chat(event.initialContactId())
                .connect(event.id())
                .build());
        return rows;
    }
}
