package lull.archive.rows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lull.archive.schema.Tables;
import lull.contract.application.TurnHandled;
import lull.contract.json.Timestamps;
import lull.contract.message.MessageStatus;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyOrigin;
import lull.contract.reply.ReplyOutcome;
import lull.whatsapp.CallbackData;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// Rows of what goes from agents and applications to customers: replies, their outcomes, statuses,
/// and what applications answered. Pure.
final class ReplyRows {

    private ReplyRows() {}

    static List<ArchiveRow> of(Reply reply, Place place, Headers headers) {
        String kind = kind(reply.content());
        String contact = reply.origin() instanceof ReplyOrigin.Chat chat ? chat.initialContactId() : null;
        List<ArchiveRow> rows = new ArrayList<>();
        Hop hop = Hop.of(place, headers, "reply_requested", reply.requestedAt())
                .detail(kind)
                .conversation(reply.conversation())
                .chat(contact)
                .reply(reply.id());
        // The steps of texts that it joins name it.
        rows.add((reply.texts().isEmpty() ? hop.connect(reply.id()) : hop).build());
        rows.add(row(reply, kind, contact, place));
        rows.addAll(ChargeRows.of(reply));
        // An indicator is no message.
        if (!(reply.content() instanceof ReplyContent.Typing)) {
            rows.addAll(messages(reply, kind, place));
            FileRows.of(reply, place).forEach(rows::add);
            rows.add(CustomerRows.ofConversation(reply.conversation())
                    .set(Tables.Conversation.LAST_ACTIVITY_AT, StoredText.time(reply.requestedAt()))
                    .set(Tables.Conversation.LAST_OUTBOUND_AT, StoredText.time(reply.requestedAt()))
                    .build());
        }
        return rows;
    }

    private static ArchiveRow row(Reply reply, String kind, @Nullable String contact, Place place) {
        return ArchiveRow.of(Tables.Reply.ROWS)
                .set(Tables.Reply.REPLY_ID, StoredText.id(reply.id()))
                .set(Tables.Reply.FIRST_VERSION, place.version())
                .set(
                        Tables.Reply.CONVERSATION,
                        StoredText.id(reply.conversation().toString()))
                .set(
                        Tables.Reply.BUSINESS_NUMBER,
                        StoredText.id(reply.conversation().businessNumber()))
                .set(Tables.Reply.ORIGIN, reply.origin() instanceof ReplyOrigin.Chat ? "chat" : "application")
                .set(Tables.Reply.ORIGIN_NAME, StoredText.line(senderName(reply.origin())))
                .set(Tables.Reply.CONTACT_ID, StoredText.idOrNull(contact))
                .set(Tables.Reply.KIND, StoredText.id(kind))
                .set(Tables.Reply.QUOTED_MESSAGE_ID, StoredText.messageIdOrNull(reply.quotedMessageId()))
                .set(Tables.Reply.REQUESTED_AT, StoredText.time(reply.requestedAt()))
                .set(Tables.Reply.EXPIRES_AT, StoredText.time(reply.expiresAt()))
                .build();
    }

    /// Returns the messages of a reply: each text that it joins is one, as in the chat.
    private static List<ArchiveRow> messages(Reply reply, String kind, Place place) {
        return reply.texts().isEmpty()
                ? List.of(message(reply, reply.id(), reply.content(), reply.requestedAt(), kind, place))
                : reply.texts().stream()
                        .map(text ->
                                message(reply, text.id(), new ReplyContent.Text(text.body()), text.at(), kind, place))
                        .toList();
    }

    private static ArchiveRow message(
            Reply reply, String id, ReplyContent content, Instant at, String kind, Place place) {
        Body body = Body.of(content);
        ArchiveRow.Builder row = ArchiveRow.of(Tables.Message.ROWS)
                .set(Tables.Message.MESSAGE_ID, StoredText.id(id))
                .set(Tables.Message.FIRST_VERSION, place.version())
                .set(
                        Tables.Message.CONVERSATION,
                        StoredText.id(reply.conversation().toString()))
                .set(
                        Tables.Message.BUSINESS_NUMBER,
                        StoredText.id(reply.conversation().businessNumber()))
                .set(Tables.Message.DIRECTION, "out")
                .set(Tables.Message.KIND, StoredText.id(kind))
                .set(Tables.Message.BODY, StoredText.body(body.text()))
                .set(Tables.Message.SENDER, StoredText.idOrNull(sender(reply.origin())))
                .set(Tables.Message.SENDER_NAME, StoredText.line(senderName(reply.origin())))
                .set(
                        Tables.Message.REFERS_TO,
                        StoredText.messageIdOrNull(body.refersTo() == null ? reply.quotedMessageId() : body.refersTo()))
                .set(Tables.Message.HAPPENED_AT, StoredText.time(at));
        if (content instanceof ReplyContent.Media media) {
            row.set(Tables.Message.MEDIA_ID, StoredText.idOrNull(media.id()))
                    .set(Tables.Message.FILENAME, StoredText.line(media.filename()));
        }
        return row.build();
    }

    private static String kind(ReplyContent content) {
        return switch (content) {
            case ReplyContent.Text _ -> "text";
            case ReplyContent.Media media -> media.kind().word();
            case ReplyContent.Location _ -> "location";
            case ReplyContent.Contacts _ -> "contacts";
            case ReplyContent.Reaction _ -> "reaction";
            case ReplyContent.Typing _ -> "typing";
            case ReplyContent.Interactive _ -> "interactive";
            case ReplyContent.Template _ -> "template";
        };
    }

    private static @Nullable String sender(ReplyOrigin origin) {
        return switch (origin) {
            case ReplyOrigin.Chat chat -> chat.role();
            case ReplyOrigin.Application application -> application.name();
        };
    }

    private static @Nullable String senderName(ReplyOrigin origin) {
        return switch (origin) {
            case ReplyOrigin.Chat chat -> chat.displayName();
            case ReplyOrigin.Application application -> application.name();
        };
    }

    static List<ArchiveRow> of(ReplyOutcome outcome, Place place, Headers headers) {
        ArchiveRow.Builder row = part(outcome.replyId(), outcome.part())
                .set(Tables.ReplyPart.OUTCOME_VERSION, place.version())
                .set(Tables.ReplyPart.LAST_AT, StoredText.time(outcome.at()));
        Hop hop = Hop.of(place, headers, "reply_" + word(outcome), outcome.at())
                .reply(outcome.replyId())
                .part(outcome.part());
        row.set(Tables.ReplyPart.OUTCOME, word(outcome));
        Instant at = StoredText.time(outcome.at());
        switch (outcome) {
            case ReplyOutcome.Joined joined -> {
                row.set(Tables.ReplyPart.JOINED_VERSION, place.version())
                        .set(Tables.ReplyPart.JOINED_INTO, StoredText.id(joined.into()));
                // The journey of the text goes on as that of the reply, and the other way round.
                hop.connect(joined.replyId()).reply(joined.into());
            }
            case ReplyOutcome.Intended _ -> row.set(Tables.ReplyPart.INTENDED_AT, at);
            case ReplyOutcome.NotTaken _ -> hop.detail("WhatsApp has not accepted it; it is retried");
            case ReplyOutcome.Unclear unclear -> hop.detail(unclear.reason());
            case ReplyOutcome.Sent sent -> {
                row.set(Tables.ReplyPart.SENT_AT, at);
                message(row, sent.messageId(), place);
                hop.message(sent.messageId());
            }
            case ReplyOutcome.Reported reported -> {
                message(row, reported.messageId(), place);
                reached(row, reported.status(), at);
                hop.message(reported.messageId()).detail(reported.status());
            }
            case ReplyOutcome.Refused refused -> {
                row.set(Tables.ReplyPart.REFUSED_VERSION, place.version())
                        .set(Tables.ReplyPart.REFUSED_CODE, refused.code())
                        .set(Tables.ReplyPart.REFUSED_REASON, StoredText.reason(refused.reason()))
                        .set(Tables.ReplyPart.FAILED_AT, at);
                hop.detail("code " + refused.code() + ": " + refused.reason());
            }
            case ReplyOutcome.Doubted doubted -> {
                row.set(Tables.ReplyPart.DOUBTED_VERSION, place.version())
                        .set(Tables.ReplyPart.DOUBTED, doubted.decision().word())
                        .set(Tables.ReplyPart.DOUBTED_AT, at);
                hop.detail(doubted.decision().word());
            }
        }
        return List.of(row.build(), hop.build());
    }

    private static String word(ReplyOutcome outcome) {
        return switch (outcome) {
            case ReplyOutcome.Joined _ -> "joined";
            case ReplyOutcome.Intended _ -> "intended";
            case ReplyOutcome.NotTaken _ -> "not_taken";
            case ReplyOutcome.Unclear _ -> "unclear";
            case ReplyOutcome.Sent _ -> "sent";
            case ReplyOutcome.Reported _ -> "reported";
            case ReplyOutcome.Refused _ -> "refused";
            case ReplyOutcome.Doubted _ -> "doubted";
        };
    }

    private static ArchiveRow.Builder part(String replyId, int part) {
        return ArchiveRow.of(Tables.ReplyPart.ROWS)
                .set(Tables.ReplyPart.REPLY_ID, StoredText.id(replyId))
                .set(Tables.ReplyPart.PART_NUMBER, part);
    }

    private static void message(ArchiveRow.Builder row, String messageId, Place place) {
        if (!messageId.isEmpty()) {
            row.set(Tables.ReplyPart.MESSAGE_VERSION, place.version())
                    .set(Tables.ReplyPart.MESSAGE_ID, StoredText.messageId(messageId));
        }
    }

    private static void reached(ArchiveRow.Builder row, String status, @Nullable Instant at) {
        switch (status) {
            case "sent" -> row.set(Tables.ReplyPart.SENT_AT, at);
            case "delivered" -> row.set(Tables.ReplyPart.DELIVERED_AT, at);
            case "read", "played" -> row.set(Tables.ReplyPart.READ_AT, at);
            case "failed" -> row.set(Tables.ReplyPart.FAILED_AT, at);
            default -> {
                // A word of the future is kept in the hop and in message_status.
            }
        }
    }

    static List<ArchiveRow> of(MessageStatus status, Place place, Headers headers) {
        Instant at = Timestamps.ofEpochSecond(status.raw().path("timestamp").asText())
                .orElse(status.receivedAt());
        Optional<CallbackData> callback =
                Optional.ofNullable(status.callbackData()).flatMap(CallbackData::parse);
        Integer code = status.raw().path("errors").path(0).path("code").canConvertToInt()
                ? Integer.valueOf(
                        status.raw().path("errors").path(0).path("code").intValue())
                : null;
        String reason = StoredText.reason(
                status.raw().path("errors").path(0).path("title").textValue());
        List<ArchiveRow> rows = new ArrayList<>();
        rows.add(ArchiveRow.of(Tables.MessageStatus.ROWS)
                .set(Tables.MessageStatus.MESSAGE_ID, StoredText.messageId(status.messageId()))
                .set(Tables.MessageStatus.STATUS, StoredText.id(status.status()))
                .set(Tables.MessageStatus.HAPPENED_AT, StoredText.time(at))
                .set(Tables.MessageStatus.FIRST_VERSION, place.version())
                .set(Tables.MessageStatus.WHATSAPP_ID, StoredText.id(status.messageId()))
                .set(
                        Tables.MessageStatus.CONVERSATION,
                        StoredText.id(status.conversation().toString()))
                .set(
                        Tables.MessageStatus.REPLY_ID,
                        callback.map(it -> StoredText.id(it.replyId())).orElse(null))
                .set(
                        Tables.MessageStatus.PART_NUMBER,
                        callback.map(CallbackData::part).orElse(null))
                .set(Tables.MessageStatus.ERROR_CODE, code)
                .set(Tables.MessageStatus.ERROR_REASON, reason)
                .build());
        ChargeRows.of(status, at, place).ifPresent(rows::add);
        callback.ifPresent(it -> {
            ArchiveRow.Builder part = part(it.replyId(), it.part()).set(Tables.ReplyPart.LAST_AT, StoredText.time(at));
            reached(part, status.status(), StoredText.time(at));
            if (status.status().equals("failed")) {
                part.set(Tables.ReplyPart.ERROR_VERSION, place.version())
                        .set(Tables.ReplyPart.ERROR_CODE, code)
                        .set(Tables.ReplyPart.ERROR_REASON, reason);
            }
            rows.add(part.build());
        });
        Hop hop = Hop.of(place, headers, "status_received", status.receivedAt())
                .detail(code == null ? status.status() : status.status() + ", code " + code)
                .conversation(status.conversation())
                .message(status.messageId());
        callback.ifPresent(it -> hop.reply(it.replyId()).part(it.part()));
        rows.add(hop.build());
        return rows;
    }

    static List<ArchiveRow> of(TurnHandled handled, Place place, Headers headers) {
        List<ArchiveRow> rows = new ArrayList<>();
        Hop hop = Hop.of(place, headers, "application_" + word(handled), handled.at())
                .turn(handled.turnId());
        switch (handled) {
            case TurnHandled.Begun begun -> hop.detail(begun.destination());
            case TurnHandled.Answered answered -> {
                hop.detail(answered.destination() + ", replies "
                                + answered.replies().size())
                        .conversation(answered.conversation());
                answered.replies()
                        .forEach(reply -> rows.add(ArchiveRow.of(Tables.Reply.ROWS)
                                .set(Tables.Reply.REPLY_ID, StoredText.id(reply.id()))
                                .set(Tables.Reply.TURN_VERSION, place.version())
                                .set(Tables.Reply.TURN_ID, StoredText.id(answered.turnId()))
                                .build()));
            }
            case TurnHandled.Declined declined -> hop.detail(declined.destination() + ": " + declined.reason());
            case TurnHandled.PassedOn passedOn -> hop.detail(passedOn.destination());
            case TurnHandled.HandedOver handedOver ->
                hop.detail(handedOver.destination()).conversation(handedOver.conversation());
            case TurnHandled.Spoken spoken -> hop.detail(spoken.destination()).conversation(spoken.conversation());
        }
        rows.add(hop.build());
        return rows;
    }

    private static String word(TurnHandled handled) {
        return switch (handled) {
            case TurnHandled.Begun _ -> "begun";
            case TurnHandled.Answered _ -> "answered";
            case TurnHandled.Declined _ -> "declined";
            case TurnHandled.PassedOn _ -> "passed_on";
            case TurnHandled.HandedOver _ -> "handed_over";
            case TurnHandled.Spoken _ -> "spoken";
        };
    }
}
