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
import lull.archive.schema.Tables;
import lull.archive.schema.Tables.AccountEvent;
import lull.archive.schema.Tables.Chat;
import lull.archive.schema.Tables.ConsumedOffset;
import lull.archive.schema.Tables.Conversation;
import lull.archive.schema.Tables.ConversationState;
import lull.archive.schema.Tables.CustomerAlias;
import lull.archive.schema.Tables.DeadLetter;
import lull.archive.schema.Tables.ErasedId;
import lull.archive.schema.Tables.Hop;
import lull.archive.schema.Tables.Message;
import lull.archive.schema.Tables.MessageStatus;
import lull.archive.schema.Tables.Part;
import lull.archive.schema.Tables.Reply;
import lull.archive.schema.Tables.ReplyPart;
import lull.archive.schema.Tables.Turn;
import lull.archive.schema.Tables.TurnMessage;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Deletion of everything that the archive has of a customer. What Kafka still has of them does not come back: see
/// [ErasedIds]. Safe for several threads and processes. Methods throw jOOQ's `DataAccessException` if the database
/// fails; then nothing was deleted.
public final class Eraser {

    /// How many ids of one customer a request may have, and how many are followed.
    public static final int MAX_IDS = 100;

    private static final int CHUNK = 2000;

    private final ArchiveDatabase database;
    private final InstantSource clock;

    /// Who is to be erased.
    ///
    /// @param ids phone numbers in digits, and user ids
    /// @param isFollowed whether other ids of the same customer are erased too, which aliases and
    ///     conversations have
    /// @param isDryRun whether nothing is deleted
    /// @param by the author
    public record Request(Set<String> ids, boolean isFollowed, boolean isDryRun, String by) {
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
    /// @param ids all ids of the customer
    /// @param contacts ids of their contacts in Amazon Connect
    /// @param rows how many of each table; tables without any are left out
    public record Erased(List<String> ids, List<String> conversations, List<String> contacts, Map<String, Long> rows) {
        public Erased {
            ids = List.copyOf(ids);
            conversations = List.copyOf(conversations);
            contacts = List.copyOf(contacts);
            rows = new LinkedHashMap<>(rows);
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
            found.conditions().forEach((table, conditions) -> {
                long count = request.isDryRun()
                        ? sql.fetchCount(table, DSL.or(conditions))
                        : conditions.stream()
                                .mapToLong(condition ->
                                        sql.deleteFrom(table).where(condition).execute())
                                .sum();
                if (count > 0) {
                    rows.put(table.getName(), count);
                }
            });
            if (!request.isDryRun()) {
                Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
                ErasedIds.add(sql, found.all(), now);
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
                    List.copyOf(found.ids), List.copyOf(found.conversations), List.copyOf(found.contacts), rows);
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
        sql.select(ConsumedOffset.LOG_TOPIC, ConsumedOffset.LOG_PARTITION)
                .from(ConsumedOffset.TABLE)
                .orderBy(ConsumedOffset.LOG_TOPIC, ConsumedOffset.LOG_PARTITION)
                .forUpdate()
                .fetch();
    }

    /// Everything by which rows of a customer are found.
    private static final class Found {

        private final DSLContext sql;
        private final Set<String> ids = new TreeSet<>();
        private final Set<String> conversations = new TreeSet<>();
        private final Set<String> contacts = new TreeSet<>();
        private final Set<String> turns = new TreeSet<>();
        private final Set<String> replies = new TreeSet<>();
        private final Set<String> messages = new TreeSet<>();
        private final Set<String> connectIds = new TreeSet<>();
        private final List<AccountEventKey> accountEvents = new ArrayList<>();

        private record AccountEventKey(String topic, int partition, long offset) {}

        Found(DSLContext sql, Request request) {
            this.sql = sql;
            request.ids().forEach(id -> ids.add(StoredText.id(id)));
            findIds(request.isFollowed());
            findConversations();
            Set<String> keys = new TreeSet<>(conversations);
            select(Chat.TABLE, Chat.CONTACT_ID, Chat.CONVERSATION, keys, contacts);
            select(Part.TABLE, Part.CONTACT_ID, Part.CONVERSATION, keys, contacts);
            select(Reply.TABLE, Reply.CONTACT_ID, Reply.CONVERSATION, keys, contacts);
            select(Turn.TABLE, Turn.TURN_ID, Turn.CONVERSATION, keys, turns);
            select(Part.TABLE, Part.TURN_ID, Part.CONVERSATION, keys, turns);
            select(Part.TABLE, Part.CONNECT_ID, Part.CONVERSATION, keys, connectIds);
            select(Reply.TABLE, Reply.REPLY_ID, Reply.CONVERSATION, keys, replies);
            select(MessageStatus.TABLE, MessageStatus.REPLY_ID, MessageStatus.CONVERSATION, keys, replies);
            select(MessageStatus.TABLE, MessageStatus.MESSAGE_ID, MessageStatus.CONVERSATION, keys, messages);
            select(Message.TABLE, Message.MESSAGE_ID, Message.CONVERSATION, keys, messages);
            select(Message.TABLE, Message.MESSAGE_ID, Message.SENDER, ids, messages);
            select(ReplyPart.TABLE, ReplyPart.MESSAGE_ID, ReplyPart.REPLY_ID, replies, messages);
            select(Hop.TABLE, Hop.MESSAGE_ID, Hop.CONVERSATION, keys, messages);
            findAccountEvents();
        }

        private void findIds(boolean isFollowed) {
            Set<String> fresh = ids;
            while (isFollowed && !fresh.isEmpty() && ids.size() < MAX_IDS) {
                Set<String> next = otherIds(fresh);
                next.removeAll(ids);
                ids.addAll(next);
                fresh = next;
            }
        }

        private Set<String> otherIds(Set<String> known) {
            Set<String> others = new TreeSet<>();
            select(CustomerAlias.TABLE, CustomerAlias.NEW_ID, CustomerAlias.OLD_ID, known, others);
            select(CustomerAlias.TABLE, CustomerAlias.OLD_ID, CustomerAlias.NEW_ID, known, others);
            List<Field<String>> columns = List.of(Conversation.CUSTOMER, Conversation.PHONE, Conversation.USER_ID);
            for (Field<String> by : columns) {
                columns.forEach(field -> select(Conversation.TABLE, field, by, known, others));
            }
            return others;
        }

        /// The conversation of an id on each business number, whether or not the archive has it.
        private void findConversations() {
            for (Field<String> by : List.of(Conversation.CUSTOMER, Conversation.PHONE, Conversation.USER_ID)) {
                select(Conversation.TABLE, Conversation.CONVERSATION, by, ids, conversations);
            }
            Set<String> numbers = new TreeSet<>();
            select(CustomerAlias.TABLE, CustomerAlias.BUSINESS_NUMBER, CustomerAlias.OLD_ID, ids, numbers);
            select(CustomerAlias.TABLE, CustomerAlias.BUSINESS_NUMBER, CustomerAlias.NEW_ID, ids, numbers);
            conversations.forEach(key -> numbers.add(key.substring(0, key.indexOf('|'))));
            for (String number : numbers) {
                ids.forEach(id -> conversations.add(StoredText.id(number + "|" + id)));
            }
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
            for (Condition condition : in(by, values)) {
                sql.selectDistinct(field)
                        .from(table)
                        .where(condition)
                        .and(field.isNotNull())
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
            conditions.put(ReplyPart.TABLE, in(ReplyPart.REPLY_ID, replies));
            conditions.put(
                    CustomerAlias.TABLE, any(List.of(in(CustomerAlias.OLD_ID, ids), in(CustomerAlias.NEW_ID, ids))));
            conditions.put(
                    DeadLetter.TABLE,
                    any(List.of(
                            in(DeadLetter.RECORD_KEY, conversations),
                            in(DeadLetter.RECORD_KEY, contacts),
                            in(DeadLetter.RECORD_KEY, turns),
                            in(DeadLetter.RECORD_KEY, replies))));
            conditions.put(
                    Hop.TABLE,
                    any(List.of(
                            in(Hop.CONVERSATION, conversations),
                            in(Hop.CONTACT_ID, contacts),
                            in(Hop.TURN_ID, turns),
                            in(Hop.REPLY_ID, replies),
                            in(Hop.MESSAGE_ID, messages))));
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
