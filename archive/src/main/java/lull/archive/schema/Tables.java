package lull.archive.schema;

import java.time.Instant;
import java.util.List;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/// Tables and columns of the archive, and which value a column keeps if several records have one. A test compares them
/// with the migrated schema.
public final class Tables {

    private Tables() {}

    /// The offset of each partition up to which the archive has its records. Written in the transaction of the rows.
    public static final class ConsumedOffset {
        public static final Table<Record> TABLE = Columns.table("consumed_offset");
        public static final Field<String> LOG_TOPIC = Columns.column(TABLE, "log_topic", SQLDataType.VARCHAR);
        public static final Field<Integer> LOG_PARTITION = Columns.column(TABLE, "log_partition", SQLDataType.INTEGER);
        public static final Field<Long> NEXT_OFFSET = Columns.column(TABLE, "next_offset", SQLDataType.BIGINT);

        private ConsumedOffset() {}
    }

    /// A customer on a business number.
    public static final class Conversation {
        public static final Table<Record> TABLE = Columns.table("conversation");
        public static final Field<String> CONVERSATION = Columns.column(TABLE, "conversation", SQLDataType.VARCHAR);
        public static final Field<String> BUSINESS_NUMBER =
                Columns.column(TABLE, "business_number", SQLDataType.VARCHAR);
        public static final Field<String> CUSTOMER = Columns.column(TABLE, "customer", SQLDataType.VARCHAR);
        public static final Field<Instant> LAST_ACTIVITY_AT =
                Columns.column(TABLE, "last_activity_at", SQLDataType.INSTANT);
        public static final Field<Instant> LAST_INBOUND_AT =
                Columns.column(TABLE, "last_inbound_at", SQLDataType.INSTANT);
        public static final Field<Instant> LAST_OUTBOUND_AT =
                Columns.column(TABLE, "last_outbound_at", SQLDataType.INSTANT);
        public static final Field<String> NAME_VERSION = Columns.column(TABLE, "name_version", SQLDataType.VARCHAR);
        public static final Field<String> NAME = Columns.column(TABLE, "name", SQLDataType.VARCHAR);
        public static final Field<String> USERNAME_VERSION =
                Columns.column(TABLE, "username_version", SQLDataType.VARCHAR);
        public static final Field<String> USERNAME = Columns.column(TABLE, "username", SQLDataType.VARCHAR);
        public static final Field<String> PHONE_VERSION = Columns.column(TABLE, "phone_version", SQLDataType.VARCHAR);
        public static final Field<String> PHONE = Columns.column(TABLE, "phone", SQLDataType.VARCHAR);
        public static final Field<String> USER_ID_VERSION =
                Columns.column(TABLE, "user_id_version", SQLDataType.VARCHAR);
        public static final Field<String> USER_ID = Columns.column(TABLE, "user_id", SQLDataType.VARCHAR);

        public static final ArchivedTable ROWS = ArchivedTable.of(TABLE, CONVERSATION)
                .last(BUSINESS_NUMBER)
                .last(CUSTOMER)
                .last(LAST_ACTIVITY_AT)
                .last(LAST_INBOUND_AT)
                .last(LAST_OUTBOUND_AT)
                .last(NAME_VERSION, NAME)
                .last(USERNAME_VERSION, USERNAME)
                .last(PHONE_VERSION, PHONE)
                .last(USER_ID_VERSION, USER_ID);

        private Conversation() {}
    }

    /// What operators did with a conversation in the archive. No topic has it, so no rebuild deletes it.
    public static final class ConversationState {
        public static final Table<Record> TABLE = Columns.table("conversation_state");
        public static final Field<String> CONVERSATION = Columns.column(TABLE, "conversation", SQLDataType.VARCHAR);
        public static final Field<Instant> ARCHIVED_AT = Columns.column(TABLE, "archived_at", SQLDataType.INSTANT);
        public static final Field<String> ARCHIVED_BY = Columns.column(TABLE, "archived_by", SQLDataType.VARCHAR);
        public static final Field<Instant> READ_UNTIL = Columns.column(TABLE, "read_until", SQLDataType.INSTANT);

        private ConversationState() {}
    }

    /// A message of a customer, or a reply.
    public static final class Message {
        public static final Table<Record> TABLE = Columns.table("message");
        public static final Field<String> MESSAGE_ID = Columns.column(TABLE, "message_id", SQLDataType.VARCHAR);
        public static final Field<String> FIRST_VERSION = Columns.column(TABLE, "first_version", SQLDataType.VARCHAR);
        public static final Field<String> WHATSAPP_ID = Columns.column(TABLE, "whatsapp_id", SQLDataType.VARCHAR);
        public static final Field<String> CONVERSATION = Columns.column(TABLE, "conversation", SQLDataType.VARCHAR);
        public static final Field<String> BUSINESS_NUMBER =
                Columns.column(TABLE, "business_number", SQLDataType.VARCHAR);
        public static final Field<String> DIRECTION = Columns.column(TABLE, "direction", SQLDataType.VARCHAR);
        public static final Field<String> KIND = Columns.column(TABLE, "kind", SQLDataType.VARCHAR);
        public static final Field<String> BODY = Columns.column(TABLE, "body", SQLDataType.VARCHAR);
        public static final Field<String> MEDIA_ID = Columns.column(TABLE, "media_id", SQLDataType.VARCHAR);
        public static final Field<String> MEDIA_TYPE = Columns.column(TABLE, "media_type", SQLDataType.VARCHAR);
        public static final Field<String> FILENAME = Columns.column(TABLE, "filename", SQLDataType.VARCHAR);
        public static final Field<String> SENDER = Columns.column(TABLE, "sender", SQLDataType.VARCHAR);
        public static final Field<String> SENDER_NAME = Columns.column(TABLE, "sender_name", SQLDataType.VARCHAR);
        public static final Field<String> REFERS_TO = Columns.column(TABLE, "refers_to", SQLDataType.VARCHAR);
        public static final Field<Instant> SENT_AT = Columns.column(TABLE, "sent_at", SQLDataType.INSTANT);
        public static final Field<Instant> HAPPENED_AT = Columns.column(TABLE, "happened_at", SQLDataType.INSTANT);

        public static final ArchivedTable ROWS = ArchivedTable.of(TABLE, MESSAGE_ID)
                .first(
                        FIRST_VERSION,
                        WHATSAPP_ID,
                        CONVERSATION,
                        BUSINESS_NUMBER,
                        DIRECTION,
                        KIND,
                        BODY,
                        MEDIA_ID,
                        MEDIA_TYPE,
                        FILENAME,
                        SENDER,
                        SENDER_NAME,
                        REFERS_TO,
                        SENT_AT,
                        HAPPENED_AT);

        private Message() {}
    }

    /// The file of a message or reply that is in the media store.
    public static final class MessageFile {
        public static final Table<Record> TABLE = Columns.table("message_file");
        public static final Field<String> MESSAGE_ID = Columns.column(TABLE, "message_id", SQLDataType.VARCHAR);
        public static final Field<String> LAST_VERSION = Columns.column(TABLE, "last_version", SQLDataType.VARCHAR);
        public static final Field<String> CONVERSATION = Columns.column(TABLE, "conversation", SQLDataType.VARCHAR);
        public static final Field<String> SHA256 = Columns.column(TABLE, "sha256", SQLDataType.VARCHAR);
        public static final Field<String> MEDIA_TYPE = Columns.column(TABLE, "media_type", SQLDataType.VARCHAR);
        public static final Field<String> FILENAME = Columns.column(TABLE, "filename", SQLDataType.VARCHAR);
        public static final Field<Long> SIZE_BYTES = Columns.column(TABLE, "size_bytes", SQLDataType.BIGINT);
        public static final Field<Instant> KEPT_AT = Columns.column(TABLE, "kept_at", SQLDataType.INSTANT);

        public static final ArchivedTable ROWS = ArchivedTable.of(TABLE, MESSAGE_ID)
                .last(LAST_VERSION, CONVERSATION, SHA256, MEDIA_TYPE, FILENAME, SIZE_BYTES, KEPT_AT);

        private MessageFile() {}
    }

    /// A status of WhatsApp about a message.
    public static final class MessageStatus {
        public static final Table<Record> TABLE = Columns.table("message_status");
        public static final Field<String> MESSAGE_ID = Columns.column(TABLE, "message_id", SQLDataType.VARCHAR);
        public static final Field<String> STATUS = Columns.column(TABLE, "status", SQLDataType.VARCHAR);
        public static final Field<Instant> HAPPENED_AT = Columns.column(TABLE, "happened_at", SQLDataType.INSTANT);
        public static final Field<String> FIRST_VERSION = Columns.column(TABLE, "first_version", SQLDataType.VARCHAR);
        public static final Field<String> WHATSAPP_ID = Columns.column(TABLE, "whatsapp_id", SQLDataType.VARCHAR);
        public static final Field<String> CONVERSATION = Columns.column(TABLE, "conversation", SQLDataType.VARCHAR);
        public static final Field<String> REPLY_ID = Columns.column(TABLE, "reply_id", SQLDataType.VARCHAR);
        public static final Field<Integer> PART_NUMBER = Columns.column(TABLE, "part_number", SQLDataType.INTEGER);
        public static final Field<Integer> ERROR_CODE = Columns.column(TABLE, "error_code", SQLDataType.INTEGER);
        public static final Field<String> ERROR_REASON = Columns.column(TABLE, "error_reason", SQLDataType.VARCHAR);

        public static final ArchivedTable ROWS = ArchivedTable.of(TABLE, MESSAGE_ID, STATUS)
                .first(HAPPENED_AT)
                .first(FIRST_VERSION, WHATSAPP_ID, CONVERSATION, REPLY_ID, PART_NUMBER, ERROR_CODE, ERROR_REASON);

        private MessageStatus() {}
    }

    /// A turn as it was closed.
    public static final class Turn {
        public static final Table<Record> TABLE = Columns.table("turn");
        public static final Field<String> TURN_ID = Columns.column(TABLE, "turn_id", SQLDataType.VARCHAR);
        public static final Field<String> FIRST_VERSION = Columns.column(TABLE, "first_version", SQLDataType.VARCHAR);
        public static final Field<String> CONVERSATION = Columns.column(TABLE, "conversation", SQLDataType.VARCHAR);
        public static final Field<String> BUSINESS_NUMBER =
                Columns.column(TABLE, "business_number", SQLDataType.VARCHAR);
        public static final Field<String> CAUSE = Columns.column(TABLE, "cause", SQLDataType.VARCHAR);
        public static final Field<Long> GAP_MILLIS = Columns.column(TABLE, "gap_millis", SQLDataType.BIGINT);
        public static final Field<Boolean> URGENT = Columns.column(TABLE, "urgent", SQLDataType.BOOLEAN);
        public static final Field<Instant> FIRST_RECEIVED_AT =
                Columns.column(TABLE, "first_received_at", SQLDataType.INSTANT);
        public static final Field<Instant> LAST_RECEIVED_AT =
                Columns.column(TABLE, "last_received_at", SQLDataType.INSTANT);
        public static final Field<Instant> CLOSED_AT = Columns.column(TABLE, "closed_at", SQLDataType.INSTANT);
        public static final Field<Integer> ITEMS = Columns.column(TABLE, "items", SQLDataType.INTEGER);
        public static final Field<Integer> MESSAGES = Columns.column(TABLE, "messages", SQLDataType.INTEGER);
        public static final Field<String> LOG_TOPIC = Columns.column(TABLE, "log_topic", SQLDataType.VARCHAR);
        public static final Field<String> ROUTE_RULE = Columns.column(TABLE, "route_rule", SQLDataType.VARCHAR);
        public static final Field<String> HANDED_OVER_VERSION =
                Columns.column(TABLE, "handed_over_version", SQLDataType.VARCHAR);
        public static final Field<Instant> HANDED_OVER_AT =
                Columns.column(TABLE, "handed_over_at", SQLDataType.INSTANT);
        public static final Field<String> HANDED_OVER_REASON =
                Columns.column(TABLE, "handed_over_reason", SQLDataType.VARCHAR);

        public static final ArchivedTable ROWS = ArchivedTable.of(TABLE, TURN_ID)
                .first(
                        FIRST_VERSION,
                        CONVERSATION,
                        BUSINESS_NUMBER,
                        CAUSE,
                        GAP_MILLIS,
                        URGENT,
                        FIRST_RECEIVED_AT,
                        LAST_RECEIVED_AT,
                        CLOSED_AT,
                        ITEMS,
                        MESSAGES,
                        LOG_TOPIC,
                        ROUTE_RULE)
                .last(HANDED_OVER_VERSION, HANDED_OVER_AT, HANDED_OVER_REASON);

        private Turn() {}
    }

    /// The messages of each turn.
    public static final class TurnMessage {
        public static final Table<Record> TABLE = Columns.table("turn_message");
        public static final Field<String> TURN_ID = Columns.column(TABLE, "turn_id", SQLDataType.VARCHAR);
        public static final Field<String> MESSAGE_ID = Columns.column(TABLE, "message_id", SQLDataType.VARCHAR);
        public static final Field<Instant> CLOSED_AT = Columns.column(TABLE, "closed_at", SQLDataType.INSTANT);

        public static final ArchivedTable ROWS =
                ArchivedTable.of(TABLE, TURN_ID, MESSAGE_ID).first(CLOSED_AT);

        private TurnMessage() {}
    }

    /// A part of a turn that Amazon Connect accepted.
    public static final class Part {
        public static final Table<Record> TABLE = Columns.table("part");
        public static final Field<String> TURN_ID = Columns.column(TABLE, "turn_id", SQLDataType.VARCHAR);
        public static final Field<Integer> ITEM_NUMBER = Columns.column(TABLE, "item_number", SQLDataType.INTEGER);
        public static final Field<Integer> PART_NUMBER = Columns.column(TABLE, "part_number", SQLDataType.INTEGER);
        public static final Field<String> DEAD_LETTER = Columns.column(TABLE, "dead_letter", SQLDataType.VARCHAR);
        public static final Field<String> FIRST_VERSION = Columns.column(TABLE, "first_version", SQLDataType.VARCHAR);
        public static final Field<String> CONVERSATION = Columns.column(TABLE, "conversation", SQLDataType.VARCHAR);
        public static final Field<String> CONTACT_ID = Columns.column(TABLE, "contact_id", SQLDataType.VARCHAR);
        public static final Field<String> CONNECT_ID = Columns.column(TABLE, "connect_id", SQLDataType.VARCHAR);
        public static final Field<Boolean> IS_LAST = Columns.column(TABLE, "is_last", SQLDataType.BOOLEAN);
        public static final Field<Instant> ACCEPTED_AT = Columns.column(TABLE, "accepted_at", SQLDataType.INSTANT);

        public static final ArchivedTable ROWS = ArchivedTable.of(TABLE, TURN_ID, ITEM_NUMBER, PART_NUMBER, DEAD_LETTER)
                .first(FIRST_VERSION, CONVERSATION, CONTACT_ID, CONNECT_ID, IS_LAST, ACCEPTED_AT);

        private Part() {}
    }

    /// A chat of Amazon Connect. Its tokens are not archived.
    public static final class Chat {
        public static final Table<Record> TABLE = Columns.table("chat");
        public static final Field<String> CONTACT_ID = Columns.column(TABLE, "contact_id", SQLDataType.VARCHAR);
        public static final Field<String> LAST_VERSION = Columns.column(TABLE, "last_version", SQLDataType.VARCHAR);
        public static final Field<String> CONVERSATION = Columns.column(TABLE, "conversation", SQLDataType.VARCHAR);
        public static final Field<String> OPENED_BY_TURN = Columns.column(TABLE, "opened_by_turn", SQLDataType.VARCHAR);
        public static final Field<Instant> OPENED_AT = Columns.column(TABLE, "opened_at", SQLDataType.INSTANT);
        public static final Field<Instant> CONNECTED_AT = Columns.column(TABLE, "connected_at", SQLDataType.INSTANT);
        public static final Field<Instant> ENDED_AT = Columns.column(TABLE, "ended_at", SQLDataType.INSTANT);

        public static final ArchivedTable ROWS = ArchivedTable.of(TABLE, CONTACT_ID)
                .last(LAST_VERSION, CONVERSATION, OPENED_BY_TURN, OPENED_AT, CONNECTED_AT, ENDED_AT);

        private Chat() {}
    }

    /// A request to send a message to a customer.
    public static final class Reply {
        public static final Table<Record> TABLE = Columns.table("reply");
        public static final Field<String> REPLY_ID = Columns.column(TABLE, "reply_id", SQLDataType.VARCHAR);
        public static final Field<String> FIRST_VERSION = Columns.column(TABLE, "first_version", SQLDataType.VARCHAR);
        public static final Field<String> CONVERSATION = Columns.column(TABLE, "conversation", SQLDataType.VARCHAR);
        public static final Field<String> BUSINESS_NUMBER =
                Columns.column(TABLE, "business_number", SQLDataType.VARCHAR);
        public static final Field<String> ORIGIN = Columns.column(TABLE, "origin", SQLDataType.VARCHAR);
        public static final Field<String> ORIGIN_NAME = Columns.column(TABLE, "origin_name", SQLDataType.VARCHAR);
        public static final Field<String> CONTACT_ID = Columns.column(TABLE, "contact_id", SQLDataType.VARCHAR);
        public static final Field<String> KIND = Columns.column(TABLE, "kind", SQLDataType.VARCHAR);
        public static final Field<String> QUOTED_MESSAGE_ID =
                Columns.column(TABLE, "quoted_message_id", SQLDataType.VARCHAR);
        public static final Field<Instant> REQUESTED_AT = Columns.column(TABLE, "requested_at", SQLDataType.INSTANT);
        public static final Field<Instant> EXPIRES_AT = Columns.column(TABLE, "expires_at", SQLDataType.INSTANT);
        public static final Field<String> TURN_VERSION = Columns.column(TABLE, "turn_version", SQLDataType.VARCHAR);
        public static final Field<String> TURN_ID = Columns.column(TABLE, "turn_id", SQLDataType.VARCHAR);

        public static final ArchivedTable ROWS = ArchivedTable.of(TABLE, REPLY_ID)
                .first(
                        FIRST_VERSION,
                        CONVERSATION,
                        BUSINESS_NUMBER,
                        ORIGIN,
                        ORIGIN_NAME,
                        CONTACT_ID,
                        KIND,
                        QUOTED_MESSAGE_ID,
                        REQUESTED_AT,
                        EXPIRES_AT)
                .last(TURN_VERSION, TURN_ID);

        private Reply() {}
    }

    /// What became of a part of a reply.
    public static final class ReplyPart {
        public static final Table<Record> TABLE = Columns.table("reply_part");
        public static final Field<String> REPLY_ID = Columns.column(TABLE, "reply_id", SQLDataType.VARCHAR);
        public static final Field<Integer> PART_NUMBER = Columns.column(TABLE, "part_number", SQLDataType.INTEGER);
        public static final Field<String> OUTCOME_VERSION =
                Columns.column(TABLE, "outcome_version", SQLDataType.VARCHAR);
        public static final Field<String> OUTCOME = Columns.column(TABLE, "outcome", SQLDataType.VARCHAR);
        public static final Field<String> MESSAGE_VERSION =
                Columns.column(TABLE, "message_version", SQLDataType.VARCHAR);
        public static final Field<String> MESSAGE_ID = Columns.column(TABLE, "message_id", SQLDataType.VARCHAR);
        public static final Field<String> JOINED_VERSION = Columns.column(TABLE, "joined_version", SQLDataType.VARCHAR);
        public static final Field<String> JOINED_INTO = Columns.column(TABLE, "joined_into", SQLDataType.VARCHAR);
        public static final Field<String> REFUSED_VERSION =
                Columns.column(TABLE, "refused_version", SQLDataType.VARCHAR);
        public static final Field<Integer> REFUSED_CODE = Columns.column(TABLE, "refused_code", SQLDataType.INTEGER);
        public static final Field<String> REFUSED_REASON = Columns.column(TABLE, "refused_reason", SQLDataType.VARCHAR);
        public static final Field<String> DOUBTED_VERSION =
                Columns.column(TABLE, "doubted_version", SQLDataType.VARCHAR);
        public static final Field<String> DOUBTED = Columns.column(TABLE, "doubted", SQLDataType.VARCHAR);
        public static final Field<String> ERROR_VERSION = Columns.column(TABLE, "error_version", SQLDataType.VARCHAR);
        public static final Field<Integer> ERROR_CODE = Columns.column(TABLE, "error_code", SQLDataType.INTEGER);
        public static final Field<String> ERROR_REASON = Columns.column(TABLE, "error_reason", SQLDataType.VARCHAR);
        public static final Field<Instant> INTENDED_AT = Columns.column(TABLE, "intended_at", SQLDataType.INSTANT);
        public static final Field<Instant> SENT_AT = Columns.column(TABLE, "sent_at", SQLDataType.INSTANT);
        public static final Field<Instant> DELIVERED_AT = Columns.column(TABLE, "delivered_at", SQLDataType.INSTANT);
        public static final Field<Instant> READ_AT = Columns.column(TABLE, "read_at", SQLDataType.INSTANT);
        public static final Field<Instant> FAILED_AT = Columns.column(TABLE, "failed_at", SQLDataType.INSTANT);
        public static final Field<Instant> DOUBTED_AT = Columns.column(TABLE, "doubted_at", SQLDataType.INSTANT);
        public static final Field<Instant> LAST_AT = Columns.column(TABLE, "last_at", SQLDataType.INSTANT);

        public static final ArchivedTable ROWS = ArchivedTable.of(TABLE, REPLY_ID, PART_NUMBER)
                .last(OUTCOME_VERSION, OUTCOME)
                .last(MESSAGE_VERSION, MESSAGE_ID)
                .last(JOINED_VERSION, JOINED_INTO)
                .last(REFUSED_VERSION, REFUSED_CODE, REFUSED_REASON)
                .last(DOUBTED_VERSION, DOUBTED)
                .last(ERROR_VERSION, ERROR_CODE, ERROR_REASON)
                .first(INTENDED_AT)
                .first(SENT_AT)
                .first(DELIVERED_AT)
                .first(READ_AT)
                .first(FAILED_AT)
                .first(DOUBTED_AT)
                .last(LAST_AT);

        private ReplyPart() {}
    }

    /// A message of the business that WhatsApp may charge for, by its recipient.
    /// An erasure keeps it without whose it was.
    public static final class WhatsAppCharge {
        public static final Table<Record> TABLE = Columns.table("whatsapp_charge");
        public static final Field<String> MESSAGE_ID = Columns.column(TABLE, "message_id", SQLDataType.VARCHAR);
        public static final Field<String> RECIPIENT = Columns.column(TABLE, "recipient", SQLDataType.VARCHAR);
        public static final Field<String> FIRST_VERSION = Columns.column(TABLE, "first_version", SQLDataType.VARCHAR);
        public static final Field<String> CONVERSATION = Columns.column(TABLE, "conversation", SQLDataType.VARCHAR);
        public static final Field<String> BUSINESS_NUMBER =
                Columns.column(TABLE, "business_number", SQLDataType.VARCHAR);
        public static final Field<String> RECIPIENT_PREFIX =
                Columns.column(TABLE, "recipient_prefix", SQLDataType.VARCHAR);
        public static final Field<String> REPLY_ID = Columns.column(TABLE, "reply_id", SQLDataType.VARCHAR);
        public static final Field<Integer> PART_NUMBER = Columns.column(TABLE, "part_number", SQLDataType.INTEGER);
        public static final Field<String> PRICING_VERSION =
                Columns.column(TABLE, "pricing_version", SQLDataType.VARCHAR);
        public static final Field<String> PRICING_TYPE = Columns.column(TABLE, "pricing_type", SQLDataType.VARCHAR);
        public static final Field<String> CATEGORY = Columns.column(TABLE, "category", SQLDataType.VARCHAR);
        public static final Field<Boolean> CHARGED = Columns.column(TABLE, "charged", SQLDataType.BOOLEAN);
        public static final Field<Instant> HAPPENED_AT = Columns.column(TABLE, "happened_at", SQLDataType.INSTANT);
        public static final Field<Instant> DELIVERED_AT = Columns.column(TABLE, "delivered_at", SQLDataType.INSTANT);

        public static final ArchivedTable ROWS = ArchivedTable.of(TABLE, MESSAGE_ID, RECIPIENT)
                .first(FIRST_VERSION, CONVERSATION, BUSINESS_NUMBER, RECIPIENT_PREFIX, REPLY_ID, PART_NUMBER)
                .last(PRICING_VERSION, PRICING_TYPE, CATEGORY, CHARGED)
                .first(HAPPENED_AT)
                .first(DELIVERED_AT);

        private WhatsAppCharge() {}
    }

    /// A message or file in a chat of Amazon Connect, which it charges for. An
    /// erasure keeps it without whose it was.
    public static final class ConnectCharge {
        public static final Table<Record> TABLE = Columns.table("connect_charge");
        public static final Field<String> CONNECT_ID = Columns.column(TABLE, "connect_id", SQLDataType.VARCHAR);
        public static final Field<String> CONTACT_ID = Columns.column(TABLE, "contact_id", SQLDataType.VARCHAR);
        public static final Field<String> CONVERSATION = Columns.column(TABLE, "conversation", SQLDataType.VARCHAR);
        public static final Field<String> BUSINESS_NUMBER =
                Columns.column(TABLE, "business_number", SQLDataType.VARCHAR);
        public static final Field<String> SENDER = Columns.column(TABLE, "sender", SQLDataType.VARCHAR);
        public static final Field<String> TURN_ID = Columns.column(TABLE, "turn_id", SQLDataType.VARCHAR);
        public static final Field<Integer> PART_NUMBER = Columns.column(TABLE, "part_number", SQLDataType.INTEGER);
        public static final Field<Instant> ACCEPTED_AT = Columns.column(TABLE, "accepted_at", SQLDataType.INSTANT);

        // All records about a message agree, so any of their values may count.
        public static final ArchivedTable ROWS = ArchivedTable.of(TABLE, CONNECT_ID)
                .first(CONTACT_ID)
                .first(CONVERSATION)
                .first(BUSINESS_NUMBER)
                .first(SENDER)
                .first(TURN_ID, PART_NUMBER)
                .first(ACCEPTED_AT);

        private ConnectCharge() {}
    }

    /// A part of a webhook that is neither message nor status.
    public static final class AccountEvent {
        public static final Table<Record> TABLE = Columns.table("account_event");
        public static final Field<String> LOG_TOPIC = Columns.column(TABLE, "log_topic", SQLDataType.VARCHAR);
        public static final Field<Integer> LOG_PARTITION = Columns.column(TABLE, "log_partition", SQLDataType.INTEGER);
        public static final Field<Long> LOG_OFFSET = Columns.column(TABLE, "log_offset", SQLDataType.BIGINT);
        public static final Field<Instant> APPENDED_AT = Columns.column(TABLE, "appended_at", SQLDataType.INSTANT);
        public static final Field<String> FIELD = Columns.column(TABLE, "field", SQLDataType.VARCHAR);
        public static final Field<String> ACCOUNT_ID = Columns.column(TABLE, "account_id", SQLDataType.VARCHAR);
        public static final Field<Instant> HAPPENED_AT = Columns.column(TABLE, "happened_at", SQLDataType.INSTANT);
        public static final Field<String> RAW = Columns.column(TABLE, "raw", SQLDataType.VARCHAR);

        public static final ArchivedTable ROWS = ArchivedTable.of(TABLE, LOG_TOPIC, LOG_PARTITION, LOG_OFFSET)
                .last(APPENDED_AT, FIELD, ACCOUNT_ID, HAPPENED_AT, RAW);

        private AccountEvent() {}
    }

    /// What WhatsApp has said last about an account, number, template or flow.
    public static final class AccountFact {
        public static final Table<Record> TABLE = Columns.table("account_fact");
        public static final Field<String> FACT_KEY = Columns.column(TABLE, "fact_key", SQLDataType.VARCHAR);
        public static final Field<String> LAST_VERSION = Columns.column(TABLE, "last_version", SQLDataType.VARCHAR);
        public static final Field<String> SUBJECT = Columns.column(TABLE, "subject", SQLDataType.VARCHAR);
        public static final Field<String> SUBJECT_ID = Columns.column(TABLE, "subject_id", SQLDataType.VARCHAR);
        public static final Field<String> NAME = Columns.column(TABLE, "name", SQLDataType.VARCHAR);
        public static final Field<String> LANGUAGE = Columns.column(TABLE, "language", SQLDataType.VARCHAR);
        public static final Field<String> ASPECT = Columns.column(TABLE, "aspect", SQLDataType.VARCHAR);
        public static final Field<String> ASPECT_OF = Columns.column(TABLE, "aspect_of", SQLDataType.VARCHAR);
        public static final Field<String> FACT_VALUE = Columns.column(TABLE, "fact_value", SQLDataType.VARCHAR);
        public static final Field<String> DETAIL = Columns.column(TABLE, "detail", SQLDataType.VARCHAR);
        public static final Field<String> URGENCY = Columns.column(TABLE, "urgency", SQLDataType.VARCHAR);
        public static final Field<Instant> UNTIL_AT = Columns.column(TABLE, "until_at", SQLDataType.INSTANT);
        public static final Field<String> ACCOUNT_ID = Columns.column(TABLE, "account_id", SQLDataType.VARCHAR);
        public static final Field<String> FIELD = Columns.column(TABLE, "field", SQLDataType.VARCHAR);
        public static final Field<Instant> HAPPENED_AT = Columns.column(TABLE, "happened_at", SQLDataType.INSTANT);

        public static final ArchivedTable ROWS = ArchivedTable.of(TABLE, FACT_KEY)
                .last(
                        LAST_VERSION,
                        SUBJECT,
                        SUBJECT_ID,
                        NAME,
                        LANGUAGE,
                        ASPECT,
                        ASPECT_OF,
                        FACT_VALUE,
                        DETAIL,
                        URGENCY,
                        UNTIL_AT,
                        ACCOUNT_ID,
                        FIELD,
                        HAPPENED_AT);

        private AccountFact() {}
    }

    /// A change of a setting at run time.
    public static final class SettingChange {
        public static final Table<Record> TABLE = Columns.table("setting_change");
        public static final Field<String> LOG_TOPIC = Columns.column(TABLE, "log_topic", SQLDataType.VARCHAR);
        public static final Field<Integer> LOG_PARTITION = Columns.column(TABLE, "log_partition", SQLDataType.INTEGER);
        public static final Field<Long> LOG_OFFSET = Columns.column(TABLE, "log_offset", SQLDataType.BIGINT);
        public static final Field<Instant> APPENDED_AT = Columns.column(TABLE, "appended_at", SQLDataType.INSTANT);
        public static final Field<String> INPUT_TOPIC = Columns.column(TABLE, "input_topic", SQLDataType.VARCHAR);
        public static final Field<String> SETTING = Columns.column(TABLE, "setting", SQLDataType.VARCHAR);
        public static final Field<String> BUSINESS_NUMBER =
                Columns.column(TABLE, "business_number", SQLDataType.VARCHAR);
        public static final Field<String> NEW_VALUE = Columns.column(TABLE, "new_value", SQLDataType.VARCHAR);
        public static final Field<String> CHANGED_BY = Columns.column(TABLE, "changed_by", SQLDataType.VARCHAR);
        public static final Field<Instant> CHANGED_AT = Columns.column(TABLE, "changed_at", SQLDataType.INSTANT);
        public static final Field<Integer> PARTITIONS = Columns.column(TABLE, "partitions", SQLDataType.INTEGER);
        public static final Field<Integer> FAILED_PARTITIONS =
                Columns.column(TABLE, "failed_partitions", SQLDataType.INTEGER);

        public static final ArchivedTable ROWS = ArchivedTable.of(TABLE, LOG_TOPIC, LOG_PARTITION, LOG_OFFSET)
                .last(
                        APPENDED_AT,
                        INPUT_TOPIC,
                        SETTING,
                        BUSINESS_NUMBER,
                        NEW_VALUE,
                        CHANGED_BY,
                        CHANGED_AT,
                        PARTITIONS,
                        FAILED_PARTITIONS);

        private SettingChange() {}
    }

    /// A record that could not be handled, without its content, and what was done with it.
    public static final class DeadLetter {
        public static final Table<Record> TABLE = Columns.table("dead_letter");
        public static final Field<String> DEAD_LETTER = Columns.column(TABLE, "dead_letter", SQLDataType.VARCHAR);
        public static final Field<Instant> APPENDED_AT = Columns.column(TABLE, "appended_at", SQLDataType.INSTANT);
        public static final Field<String> OF_TOPIC = Columns.column(TABLE, "of_topic", SQLDataType.VARCHAR);
        public static final Field<String> RECORD_KEY = Columns.column(TABLE, "record_key", SQLDataType.VARCHAR);
        public static final Field<String> PLACE = Columns.column(TABLE, "place", SQLDataType.VARCHAR);
        public static final Field<String> PART_NUMBER = Columns.column(TABLE, "part_number", SQLDataType.VARCHAR);
        public static final Field<String> REASON = Columns.column(TABLE, "reason", SQLDataType.VARCHAR);
        public static final Field<String> PROBLEM = Columns.column(TABLE, "problem", SQLDataType.VARCHAR);
        public static final Field<String> HANDLED_VERSION =
                Columns.column(TABLE, "handled_version", SQLDataType.VARCHAR);
        public static final Field<String> HANDLED_ACTION = Columns.column(TABLE, "handled_action", SQLDataType.VARCHAR);
        public static final Field<String> HANDLED_BY = Columns.column(TABLE, "handled_by", SQLDataType.VARCHAR);
        public static final Field<Instant> HANDLED_AT = Columns.column(TABLE, "handled_at", SQLDataType.INSTANT);
        public static final Field<String> HANDLED_WHY = Columns.column(TABLE, "handled_why", SQLDataType.VARCHAR);

        public static final ArchivedTable ROWS = ArchivedTable.of(TABLE, DEAD_LETTER)
                .last(APPENDED_AT, OF_TOPIC, RECORD_KEY, PLACE, PART_NUMBER, REASON, PROBLEM)
                .last(HANDLED_VERSION, HANDLED_ACTION, HANDLED_BY, HANDLED_AT, HANDLED_WHY);

        private DeadLetter() {}
    }

    /// A record that the archive could not read.
    public static final class UnreadableRecord {
        public static final Table<Record> TABLE = Columns.table("unreadable_record");
        public static final Field<String> LOG_TOPIC = Columns.column(TABLE, "log_topic", SQLDataType.VARCHAR);
        public static final Field<Integer> LOG_PARTITION = Columns.column(TABLE, "log_partition", SQLDataType.INTEGER);
        public static final Field<Long> LOG_OFFSET = Columns.column(TABLE, "log_offset", SQLDataType.BIGINT);
        public static final Field<Instant> APPENDED_AT = Columns.column(TABLE, "appended_at", SQLDataType.INSTANT);
        public static final Field<String> PROBLEM = Columns.column(TABLE, "problem", SQLDataType.VARCHAR);

        public static final ArchivedTable ROWS =
                ArchivedTable.of(TABLE, LOG_TOPIC, LOG_PARTITION, LOG_OFFSET).last(APPENDED_AT, PROBLEM);

        private UnreadableRecord() {}
    }

    /// A change of a customer's id.
    public static final class CustomerAlias {
        public static final Table<Record> TABLE = Columns.table("customer_alias");
        public static final Field<String> BUSINESS_NUMBER =
                Columns.column(TABLE, "business_number", SQLDataType.VARCHAR);
        public static final Field<String> OLD_ID = Columns.column(TABLE, "old_id", SQLDataType.VARCHAR);
        public static final Field<String> LAST_VERSION = Columns.column(TABLE, "last_version", SQLDataType.VARCHAR);
        public static final Field<String> NEW_ID = Columns.column(TABLE, "new_id", SQLDataType.VARCHAR);
        public static final Field<Instant> RECEIVED_AT = Columns.column(TABLE, "received_at", SQLDataType.INSTANT);

        public static final ArchivedTable ROWS =
                ArchivedTable.of(TABLE, BUSINESS_NUMBER, OLD_ID).last(LAST_VERSION, NEW_ID, RECEIVED_AT);

        private CustomerAlias() {}
    }

    /// The number of partitions with which a topic is in use.
    public static final class TopicLayout {
        public static final Table<Record> TABLE = Columns.table("topic_layout");
        public static final Field<String> TOPIC = Columns.column(TABLE, "topic", SQLDataType.VARCHAR);
        public static final Field<String> LAST_VERSION = Columns.column(TABLE, "last_version", SQLDataType.VARCHAR);
        public static final Field<Integer> PARTITIONS = Columns.column(TABLE, "partitions", SQLDataType.INTEGER);
        public static final Field<Instant> RECORDED_AT = Columns.column(TABLE, "recorded_at", SQLDataType.INSTANT);

        public static final ArchivedTable ROWS =
                ArchivedTable.of(TABLE, TOPIC).last(LAST_VERSION, PARTITIONS, RECORDED_AT);

        private TopicLayout() {}
    }

    /// A record of a topic as a step of a journey.
    public static final class Hop {
        public static final Table<Record> TABLE = Columns.table("hop");
        public static final Field<String> LOG_TOPIC = Columns.column(TABLE, "log_topic", SQLDataType.VARCHAR);
        public static final Field<Integer> LOG_PARTITION = Columns.column(TABLE, "log_partition", SQLDataType.INTEGER);
        public static final Field<Long> LOG_OFFSET = Columns.column(TABLE, "log_offset", SQLDataType.BIGINT);
        public static final Field<Instant> APPENDED_AT = Columns.column(TABLE, "appended_at", SQLDataType.INSTANT);
        public static final Field<Instant> HAPPENED_AT = Columns.column(TABLE, "happened_at", SQLDataType.INSTANT);
        public static final Field<String> STEP = Columns.column(TABLE, "step", SQLDataType.VARCHAR);
        public static final Field<String> DETAIL = Columns.column(TABLE, "detail", SQLDataType.VARCHAR);
        public static final Field<String> CONVERSATION = Columns.column(TABLE, "conversation", SQLDataType.VARCHAR);
        public static final Field<String> MESSAGE_ID = Columns.column(TABLE, "message_id", SQLDataType.VARCHAR);
        public static final Field<String> TURN_ID = Columns.column(TABLE, "turn_id", SQLDataType.VARCHAR);
        public static final Field<String> CONTACT_ID = Columns.column(TABLE, "contact_id", SQLDataType.VARCHAR);
        public static final Field<String> CONNECT_ID = Columns.column(TABLE, "connect_id", SQLDataType.VARCHAR);
        public static final Field<String> REPLY_ID = Columns.column(TABLE, "reply_id", SQLDataType.VARCHAR);
        public static final Field<Integer> PART_NUMBER = Columns.column(TABLE, "part_number", SQLDataType.INTEGER);
        public static final Field<String> DEAD_LETTER = Columns.column(TABLE, "dead_letter", SQLDataType.VARCHAR);

        public static final ArchivedTable ROWS = ArchivedTable.of(TABLE, LOG_TOPIC, LOG_PARTITION, LOG_OFFSET)
                .last(
                        APPENDED_AT,
                        HAPPENED_AT,
                        STEP,
                        DETAIL,
                        CONVERSATION,
                        MESSAGE_ID,
                        TURN_ID,
                        CONTACT_ID,
                        CONNECT_ID,
                        REPLY_ID,
                        PART_NUMBER,
                        DEAD_LETTER);

        private Hop() {}
    }

    /// Ids of erased customers, and of what they wrote, as digests. The archive's own.
    public static final class ErasedId {
        public static final Table<Record> TABLE = Columns.table("erased_id");
        public static final Field<String> DIGEST = Columns.column(TABLE, "digest", SQLDataType.VARCHAR);
        public static final Field<Instant> ERASED_AT = Columns.column(TABLE, "erased_at", SQLDataType.INSTANT);

        private ErasedId() {}
    }

    /// Files of erased customers that are still to be deleted from the media store. The archive's own.
    public static final class ErasedFile {
        public static final Table<Record> TABLE = Columns.table("erased_file");
        public static final Field<String> SHA256 = Columns.column(TABLE, "sha256", SQLDataType.VARCHAR);

        private ErasedFile() {}
    }

    /// One row, whose lock writers share and an erasure has alone. The archive's own.
    public static final class ErasureGate {
        public static final Table<Record> TABLE = Columns.table("erasure_gate");
        public static final Field<Integer> GATE = Columns.column(TABLE, "gate", SQLDataType.INTEGER);

        private ErasureGate() {}
    }

    /// Who erased a customer. The archive's own.
    public static final class Erasure {
        public static final Table<Record> TABLE = Columns.table("erasure");
        public static final Field<String> ERASURE_ID = Columns.column(TABLE, "erasure_id", SQLDataType.VARCHAR);
        public static final Field<Instant> ERASED_AT = Columns.column(TABLE, "erased_at", SQLDataType.INSTANT);
        public static final Field<String> ERASED_BY = Columns.column(TABLE, "erased_by", SQLDataType.VARCHAR);
        public static final Field<Long> DELETED_ROWS = Columns.column(TABLE, "deleted_rows", SQLDataType.BIGINT);

        private Erasure() {}
    }

    /// The tables that are filled from the topics, in the order in which a transaction writes them: the same in all
    /// processes, so that none waits for another that waits for it.
    public static List<ArchivedTable> all() {
        return List.of(
                Conversation.ROWS,
                Message.ROWS,
                MessageFile.ROWS,
                MessageStatus.ROWS,
                Turn.ROWS,
                TurnMessage.ROWS,
                Part.ROWS,
                Chat.ROWS,
                Reply.ROWS,
                ReplyPart.ROWS,
                WhatsAppCharge.ROWS,
                ConnectCharge.ROWS,
                AccountEvent.ROWS,
                AccountFact.ROWS,
                SettingChange.ROWS,
                DeadLetter.ROWS,
                UnreadableRecord.ROWS,
                CustomerAlias.ROWS,
                TopicLayout.ROWS,
                Hop.ROWS);
    }
}
