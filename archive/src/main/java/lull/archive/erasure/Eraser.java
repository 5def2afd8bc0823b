package lull.archive.erasure;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import lull.archive.rows.StoredText;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.ChargedNumber;
import lull.archive.schema.Tables;
import lull.archive.schema.Tables.AccountEvent;
import lull.archive.schema.Tables.Chat;
import lull.archive.schema.Tables.ConnectCharge;
import lull.archive.schema.Tables.Conversation;
import lull.archive.schema.Tables.ConversationState;
import lull.archive.schema.Tables.CustomerAlias;
import lull.archive.schema.Tables.DeadLetter;
import lull.archive.schema.Tables.ErasedId;
import lull.archive.schema.Tables.Hop;
import lull.archive.schema.Tables.Message;
import lull.archive.schema.Tables.MessageFile;
import lull.archive.schema.Tables.MessageStatus;
import lull.archive.schema.Tables.Part;
import lull.archive.schema.Tables.Reply;
import lull.archive.schema.Tables.ReplyPart;
import lull.archive.schema.Tables.Turn;
import lull.archive.schema.Tables.TurnMessage;
import lull.archive.schema.Tables.WhatsAppCharge;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Deletion of everything that the archive has of a customer. What Kafka still has of them does not come back: see
/// [ErasedIds]. Safe for several threads and processes. Methods throw jOOQ's `DataAccessException` if the database
/// fails; then nothing was deleted.
public final class Eraser {

    /// How many ids of one customer a request may have.
    public static final int MAX_IDS = 100;

    private static final int CHUNK = 2000;

    private final ArchiveDatabase database;
    private final InstantSource clock;

    /// Who is to be erased.
    ///
    /// @param ids phone numbers in digits, and user ids: all of the customer, and of nobody else
    /// @param isDryRun whether nothing is deleted
    /// @param by the author
    public record Request(Set<String> ids, boolean isDryRun, String by) {
        public Request {
            ids = Set.copyOf(ids);
        }

        @Override
        public String toString() {
            return "Request[]";
        }
    }

    /// What was deleted, or would be.
    ///
    /// @param related other ids that may be of the same customer, or of somebody who has one of the ids now
    /// @param contacts ids of the customer's contacts in Amazon Connect
    /// @param rows how many of each table; tables without any are left out
    /// @param files digests of files in the media store, which [ErasedFiles] deletes
    /// @param sharedFiles digests of files that stay, because messages of others have the same bytes
    public record Erased(
            List<String> related,
            List<String> contacts,
            Map<String, Long> rows,
            List<String> files,
            List<String> sharedFiles) {
        public Erased {
            related = List.copyOf(related);
            contacts = List.copyOf(contacts);
            files = List.copyOf(files);
            sharedFiles = List.copyOf(sharedFiles);
            rows = new TreeMap<>(rows);
        }

        @Override
        public String toString() {
            return "Erased[]";
        }
    }

    public Eraser(ArchiveDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Erases a customer, or says what that would delete.
    public Erased erase(Request request) {
        return database.sql().transactionResult(transaction -> {
            DSLContext sql = transaction.dsl();
            if (!request.isDryRun()) {
                lockWriters(sql);
            }
            Found found = new Found(sql, request);
            Map<String, Long> rows = new TreeMap<>();
            found.forgetInCharges(request.isDryRun()).forEach((table, count) -> {
                if (count > 0) {
                    rows.put(table, count);
                }
            });
            long groups = found.forgetInGroups(request.isDryRun());
            if (groups > 0) {
                rows.put(Conversation.TABLE.getName(), groups);
            }
            found.conditions().forEach((table, conditions) -> {
                long count = request.isDryRun()
                        ? sql.fetchCount(table, DSL.or(conditions))
                        : conditions.stream()
                                .mapToLong(condition ->
                                        sql.deleteFrom(table).where(condition).execute())
                                .sum();
                if (count > 0) {
                    rows.merge(table.getName(), count, Long::sum);
                }
            });
            if (!request.isDryRun()) {
                Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
                ErasedIds.add(sql, found.all(), now);
                ErasedFiles.add(sql, found.files);
                sql.insertInto(Tables.Erasure.TABLE)
                        .columns(
                                Tables.Erasure.ERASURE_ID,
                                Tables.Erasure.ERASED_AT,
                                Tables.Erasure.ERASED_BY,
                                Tables.Erasure.DELETED_ROWS)
                        .values(
                                UUID.randomUUID().toString(),
                                now,
                                StoredText.id(request.by()),
                                rows.values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum())
                        .execute();
            }
            return new Erased(
                    List.copyOf(found.related),
                    List.copyOf(found.contacts),
                    rows,
                    List.copyOf(found.files),
                    List.copyOf(found.sharedFiles));
        });
    }

    /// Ends that ids of erased customers are remembered, of those who were erased longer ago.
    ///
    /// @param kept must be longer than Kafka keeps any record
    public void forget(Duration kept) {
        database.sql()
                .deleteFrom(ErasedId.TABLE)
                .where(ErasedId.ERASED_AT.lt(clock.instant().minus(kept)))
                .execute();
    }

    /// Waits for the transactions that write rows, and lets none begin before this one has ended.
    private static void lockWriters(DSLContext sql) {
        sql.select(Tables.ErasureGate.GATE)
                .from(Tables.ErasureGate.TABLE)
                .forUpdate()
                .fetch();
    }

    /// Everything by which rows of a customer are found.
    private static final class Found {

        private static final String GROUP = "group:";
        private static final String NOBODY = "erased";
        private static final Condition NO_GROUP = DSL.not(Conversation.CUSTOMER.startsWith(GROUP));
        private static final List<Field<String>> OF_CUSTOMER =
                List.of(Conversation.CUSTOMER, Conversation.PHONE, Conversation.USER_ID);

        private final DSLContext sql;
        private final Set<String> ids = new TreeSet<>();
        private final Set<String> related = new TreeSet<>();
        private final Set<String> conversations = new TreeSet<>();
        private final Set<String> contacts = new TreeSet<>();
        private final Set<String> turns = new TreeSet<>();
        private final Set<String> replies = new TreeSet<>();
        private final Set<String> messages = new TreeSet<>();
        private final Set<String> connectIds = new TreeSet<>();
        private final Set<String> deadLetters = new TreeSet<>();
        private final Set<String> files = new TreeSet<>();
        private final Set<String> sharedFiles = new TreeSet<>();
        private final List<AccountEventKey> accountEvents = new ArrayList<>();

        private record AccountEventKey(String topic, int partition, long offset) {}

        Found(DSLContext sql, Request request) {
            this.sql = sql;
            request.ids().forEach(id -> ids.add(StoredText.id(id)));
            findRelated();
            findConversations();
            select(Chat.TABLE, Chat.CONTACT_ID, Chat.CONVERSATION, conversations, contacts);
            select(Part.TABLE, Part.CONTACT_ID, Part.CONVERSATION, conversations, contacts);
            select(Reply.TABLE, Reply.CONTACT_ID, Reply.CONVERSATION, conversations, contacts);
            select(Turn.TABLE, Turn.TURN_ID, Turn.CONVERSATION, conversations, turns);
            select(Part.TABLE, Part.TURN_ID, Part.CONVERSATION, conversations, turns);
            select(Part.TABLE, Part.CONNECT_ID, Part.CONVERSATION, conversations, connectIds);
            select(Reply.TABLE, Reply.REPLY_ID, Reply.CONVERSATION, conversations, replies);
            select(MessageStatus.TABLE, MessageStatus.REPLY_ID, MessageStatus.CONVERSATION, conversations, replies);
            select(MessageStatus.TABLE, MessageStatus.MESSAGE_ID, MessageStatus.CONVERSATION, conversations, messages);
            select(Message.TABLE, Message.MESSAGE_ID, Message.CONVERSATION, conversations, messages);
            select(Message.TABLE, Message.MESSAGE_ID, Message.SENDER, ids, messages, Message.DIRECTION.eq("in"));
            select(ReplyPart.TABLE, ReplyPart.MESSAGE_ID, ReplyPart.REPLY_ID, replies, messages);
            select(MessageFile.TABLE, MessageFile.MESSAGE_ID, MessageFile.CONVERSATION, conversations, messages);
            select(Hop.TABLE, Hop.MESSAGE_ID, Hop.CONVERSATION, conversations, messages);
            select(
                    WhatsAppCharge.TABLE,
                    WhatsAppCharge.MESSAGE_ID,
                    WhatsAppCharge.CONVERSATION,
                    conversations,
                    messages);
            select(WhatsAppCharge.TABLE, WhatsAppCharge.REPLY_ID, WhatsAppCharge.CONVERSATION, conversations, replies);
            select(ConnectCharge.TABLE, ConnectCharge.CONTACT_ID, ConnectCharge.CONVERSATION, conversations, contacts);
            select(ConnectCharge.TABLE, ConnectCharge.CONNECT_ID, ConnectCharge.CONTACT_ID, contacts, connectIds);
            for (Set<String> keys : List.of(ids, conversations, contacts, turns, replies)) {
                select(DeadLetter.TABLE, DeadLetter.DEAD_LETTER, DeadLetter.RECORD_KEY, keys, deadLetters);
            }
            findAccountEvents();
            findFiles();
        }

        /// Finds the files of the customer's messages, and which of them messages of others have too.
        private void findFiles() {
            Set<String> own = new TreeSet<>();
            for (Condition condition : ofFiles()) {
                sql.select(MessageFile.MESSAGE_ID, MessageFile.SHA256)
                        .from(MessageFile.TABLE)
                        .where(condition)
                        .and(MessageFile.SHA256.isNotNull())
                        .forEach(row -> {
                            own.add(row.value1());
                            files.add(row.value2());
                        });
            }
            for (Condition condition : in(MessageFile.SHA256, files)) {
                sql.select(MessageFile.MESSAGE_ID, MessageFile.SHA256)
                        .from(MessageFile.TABLE)
                        .where(condition)
                        .forEach(row -> {
                            if (!own.contains(row.value1())) {
                                sharedFiles.add(row.value2());
                            }
                        });
            }
            files.removeAll(sharedFiles);
        }

        private List<Condition> ofFiles() {
            return any(List.of(in(MessageFile.CONVERSATION, conversations), in(MessageFile.MESSAGE_ID, messages)));
        }

        /// Finds other ids in conversations and changes of ids that have one of the given ones.
        /// Conversations of groups have the ids of whoever wrote last.
        private void findRelated() {
            select(CustomerAlias.TABLE, CustomerAlias.NEW_ID, CustomerAlias.OLD_ID, ids, related);
            select(CustomerAlias.TABLE, CustomerAlias.OLD_ID, CustomerAlias.NEW_ID, ids, related);
            for (Field<String> by : OF_CUSTOMER) {
                OF_CUSTOMER.forEach(field -> select(Conversation.TABLE, field, by, ids, related, NO_GROUP));
            }
            related.removeAll(ids);
        }

        /// The conversation of an id on each business number of which it is known, whether or not the archive has it.
        private void findConversations() {
            select(Conversation.TABLE, Conversation.CONVERSATION, Conversation.CUSTOMER, ids, conversations, NO_GROUP);
            Set<String> numbers = new TreeSet<>();
            select(CustomerAlias.TABLE, CustomerAlias.BUSINESS_NUMBER, CustomerAlias.OLD_ID, ids, numbers);
            select(CustomerAlias.TABLE, CustomerAlias.BUSINESS_NUMBER, CustomerAlias.NEW_ID, ids, numbers);
            for (String number : numbers) {
                ids.forEach(id -> conversations.add(StoredText.id(number + "|" + id)));
            }
        }

        /// Deletes the customer's name and ids from conversations of groups, which have them of whoever wrote last.
        /// Returns how many there are.
        long forgetInGroups(boolean isDryRun) {
            Condition ofCustomer = Conversation.CUSTOMER
                    .startsWith(GROUP)
                    .and(Conversation.PHONE.in(ids).or(Conversation.USER_ID.in(ids)));
            return isDryRun
                    ? sql.fetchCount(Conversation.TABLE, ofCustomer)
                    : sql.update(Conversation.TABLE)
                            .setNull(Conversation.NAME)
                            .setNull(Conversation.USERNAME)
                            .setNull(Conversation.PHONE)
                            .setNull(Conversation.USER_ID)
                            .where(ofCustomer)
                            .execute();
        }

        /// Deletes from the ledger everything that says whose a message was. The rows stay, because
        /// what was charged does not change. Returns how many there are, by table.
        Map<String, Long> forgetInCharges(boolean isDryRun) {
            List<Condition> whatsApp = any(List.of(
                    in(WhatsAppCharge.CONVERSATION, conversations),
                    in(WhatsAppCharge.MESSAGE_ID, messages),
                    in(WhatsAppCharge.RECIPIENT, ids)));
            List<Condition> connect =
                    any(List.of(in(ConnectCharge.CONVERSATION, conversations), in(ConnectCharge.CONTACT_ID, contacts)));
            Map<String, Long> rows = new TreeMap<>();
            if (isDryRun) {
                rows.put(WhatsAppCharge.TABLE.getName(), count(WhatsAppCharge.TABLE, whatsApp));
                rows.put(ConnectCharge.TABLE.getName(), count(ConnectCharge.TABLE, connect));
                return rows;
            }
            rows.put(
                    WhatsAppCharge.TABLE.getName(),
                    whatsApp.stream()
                            .mapToLong(condition -> sql.update(WhatsAppCharge.TABLE)
                                    .set(WhatsAppCharge.MESSAGE_ID, nobody())
                                    .set(WhatsAppCharge.RECIPIENT, "")
                                    .setNull(WhatsAppCharge.CONVERSATION)
                                    .setNull(WhatsAppCharge.REPLY_ID)
                                    .where(condition)
                                    .execute())
                            .sum());
            rows.put(
                    ConnectCharge.TABLE.getName(),
                    connect.stream()
                            .mapToLong(condition -> sql.update(ConnectCharge.TABLE)
                                    .set(ConnectCharge.CONNECT_ID, nobody())
                                    .set(ConnectCharge.BUSINESS_NUMBER, ChargedNumber.ofRow())
                                    .setNull(ConnectCharge.CONTACT_ID)
                                    .setNull(ConnectCharge.CONVERSATION)
                                    .set(
                                            ConnectCharge.TURN_ID,
                                            DSL.when(ConnectCharge.TURN_ID.isNotNull(), DSL.inline(NOBODY)))
                                    .where(condition)
                                    .execute())
                            .sum());
            return rows;
        }

        private long count(Table<Record> table, List<Condition> conditions) {
            return conditions.isEmpty() ? 0 : sql.fetchCount(table, DSL.or(conditions));
        }

        /// Returns an id that no message has, another one for each row.
        private static Field<String> nobody() {
            return DSL.concat(DSL.inline(NOBODY + ":"), DSL.uuid().cast(SQLDataType.VARCHAR));
        }

        private void findAccountEvents() {
            Condition any = DSL.or(ids.stream().map(AccountEvent.RAW::contains).toList());
            sql.select(AccountEvent.LOG_TOPIC, AccountEvent.LOG_PARTITION, AccountEvent.LOG_OFFSET, AccountEvent.RAW)
                    .from(AccountEvent.TABLE)
                    .where(any)
                    .forEach(row -> PersonalColumns.tokens(row.value4(), token -> {
                        if (ids.contains(token)) {
                            accountEvents.add(new AccountEventKey(row.value1(), row.value2(), row.value3()));
                        }
                    }));
        }

        private void select(
                Table<Record> table,
                Field<String> field,
                Field<String> by,
                Collection<String> values,
                Collection<String> into) {
            select(table, field, by, values, into, DSL.noCondition());
        }

        private void select(
                Table<Record> table,
                Field<String> field,
                Field<String> by,
                Collection<String> values,
                Collection<String> into,
                Condition and) {
            for (Condition condition : in(by, values)) {
                sql.selectDistinct(field)
                        .from(table)
                        .where(condition)
                        .and(field.isNotNull())
                        .and(and)
                        .forEach(row -> into.add(row.value1()));
            }
        }

        /// Returns conditions that together are that a column has one of many values.
        private static List<Condition> in(Field<String> field, Collection<String> values) {
            List<String> all = List.copyOf(values);
            List<Condition> conditions = new ArrayList<>();
            for (int from = 0; from < all.size(); from += CHUNK) {
                conditions.add(field.in(all.subList(from, Math.min(all.size(), from + CHUNK))));
            }
            return conditions;
        }

        /// Returns which rows of which table are of the customer: those for which one of the conditions holds.
        Map<Table<Record>, List<Condition>> conditions() {
            Map<Table<Record>, List<Condition>> conditions = new LinkedHashMap<>();
            conditions.put(Conversation.TABLE, in(Conversation.CONVERSATION, conversations));
            conditions.put(ConversationState.TABLE, in(ConversationState.CONVERSATION, conversations));
            conditions.put(
                    Message.TABLE,
                    any(List.of(in(Message.CONVERSATION, conversations), in(Message.MESSAGE_ID, messages))));
            conditions.put(MessageFile.TABLE, ofFiles());
            conditions.put(
                    MessageStatus.TABLE,
                    any(List.of(
                            in(MessageStatus.CONVERSATION, conversations), in(MessageStatus.MESSAGE_ID, messages))));
            conditions.put(Turn.TABLE, in(Turn.TURN_ID, turns));
            conditions.put(
                    TurnMessage.TABLE,
                    any(List.of(in(TurnMessage.TURN_ID, turns), in(TurnMessage.MESSAGE_ID, messages))));
            conditions.put(Part.TABLE, in(Part.TURN_ID, turns));
            conditions.put(Chat.TABLE, in(Chat.CONTACT_ID, contacts));
            conditions.put(Reply.TABLE, in(Reply.REPLY_ID, replies));
            conditions.put(
                    ReplyPart.TABLE, any(List.of(in(ReplyPart.REPLY_ID, replies), in(ReplyPart.JOINED_INTO, replies))));
            conditions.put(
                    CustomerAlias.TABLE, any(List.of(in(CustomerAlias.OLD_ID, ids), in(CustomerAlias.NEW_ID, ids))));
            conditions.put(DeadLetter.TABLE, in(DeadLetter.DEAD_LETTER, deadLetters));
            conditions.put(
                    Hop.TABLE,
                    any(List.of(
                            in(Hop.CONVERSATION, conversations),
                            in(Hop.CONTACT_ID, contacts),
                            in(Hop.TURN_ID, turns),
                            in(Hop.REPLY_ID, replies),
                            in(Hop.MESSAGE_ID, messages),
                            in(Hop.DEAD_LETTER, deadLetters))));
            conditions.put(
                    AccountEvent.TABLE,
                    accountEvents.stream()
                            .distinct()
                            .map(key -> AccountEvent.LOG_TOPIC
                                    .eq(key.topic())
                                    .and(AccountEvent.LOG_PARTITION.eq(key.partition()))
                                    .and(AccountEvent.LOG_OFFSET.eq(key.offset())))
                            .toList());
            return conditions;
        }

        private static List<Condition> any(List<List<Condition>> alternatives) {
            return alternatives.stream().flatMap(List::stream).toList();
        }

        /// Returns everything by which records of the customer are known again.
        Set<String> all() {
            Set<String> all = new TreeSet<>();
            Stream.of(ids, conversations, contacts, turns, replies, messages, connectIds)
                    .forEach(all::addAll);
            return all;
        }
    }
}
