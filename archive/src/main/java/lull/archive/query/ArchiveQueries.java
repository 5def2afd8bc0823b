package lull.archive.query;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import lull.archive.rows.StoredText;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.Tables;
import lull.archive.schema.Tables.Conversation;
import lull.archive.schema.Tables.ConversationState;
import lull.archive.schema.Tables.Message;
import lull.archive.schema.Tables.MessageFile;
import lull.archive.schema.Tables.ReplyPart;
import lull.archive.schema.Tables.SettingChange;
import lull.contract.KeptFile;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jooq.SelectOrderByStep;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Lists of the archive, paged by key, and the state that operators give to conversations. Safe for several threads.
/// Methods throw jOOQ's `DataAccessException` if the database fails.
public final class ArchiveQueries {

    private static final String IN = "in";

    /// How many of the newest messages a search looks through at most before it asks the index of words.
    private static final int WALKED = 50_000;

    /// A search begins with one in so many of these.
    private static final int FIRST_WALK = 50;

    private final ArchiveDatabase database;
    private final InstantSource clock;
    private final int walked;

    /// What messages are listed; all that is given must hold.
    public record MessageFilter(
            Optional<String> conversation,
            Optional<String> businessNumber,
            Optional<String> sender,
            Optional<String> direction,
            Optional<String> kind,
            Optional<String> words) {

        @Override
        public String toString() {
            return "MessageFilter[]";
        }
    }

    public ArchiveQueries(ArchiveDatabase database, InstantSource clock) {
        this(database, clock, WALKED);
    }

    /// @param walked how many of the newest messages a search looks through at most, at least 1
    ArchiveQueries(ArchiveDatabase database, InstantSource clock, int walked) {
        this.database = database;
        this.clock = clock;
        this.walked = walked;
    }

    /// Returns conversations by their last activity.
    ///
    /// @param archived whether only archived ones, or only others; empty: both
    public Page<ConversationView> conversations(
            Optional<String> businessNumber, Optional<Boolean> archived, PageRequest page) {
        List<Condition> conditions = new ArrayList<>();
        businessNumber.ifPresent(number -> conditions.add(Conversation.BUSINESS_NUMBER.eq(StoredText.id(number))));
        archived.ifPresent(is -> conditions.add(is ? isArchived() : DSL.not(isArchived())));
        page.after()
                .ifPresent(cursor -> conditions.add(DSL.row(Conversation.LAST_ACTIVITY_AT, Conversation.CONVERSATION)
                        .lt(cursor.at(), cursor.keys().getFirst())));
        List<ConversationView> read = fromConversations()
                .where(conditions)
                .orderBy(Conversation.LAST_ACTIVITY_AT.desc(), Conversation.CONVERSATION.desc())
                .limit(page.limit() + 1)
                .fetch(ArchiveQueries::conversation);
        return Page.of(read, page.limit(), last -> new Cursor(last.lastActivityAt(), List.of(last.conversation())));
    }

    /// Returns a conversation; empty if the archive has none with this key.
    public Optional<ConversationView> conversation(String key) {
        return fromConversations()
                .where(Conversation.CONVERSATION.eq(StoredText.id(key)))
                .fetchOptional(ArchiveQueries::conversation);
    }

    private SelectJoinStep<? extends Record> fromConversations() {
        return database.sql()
                .select(
                        Conversation.CONVERSATION,
                        Conversation.BUSINESS_NUMBER,
                        Conversation.CUSTOMER,
                        Conversation.NAME,
                        Conversation.USERNAME,
                        Conversation.PHONE,
                        Conversation.USER_ID,
                        Conversation.LAST_ACTIVITY_AT,
                        Conversation.LAST_INBOUND_AT,
                        Conversation.LAST_OUTBOUND_AT,
                        ConversationState.ARCHIVED_AT,
                        ConversationState.ARCHIVED_BY,
                        UNREAD,
                        DSL.field(isArchived()).as(IS_ARCHIVED))
                .from(Conversation.TABLE)
                .leftJoin(ConversationState.TABLE)
                .on(ConversationState.CONVERSATION.eq(Conversation.CONVERSATION));
    }

    private static final Field<Boolean> IS_ARCHIVED = DSL.field(DSL.name("is_archived"), SQLDataType.BOOLEAN);

    private static final Field<Integer> UNREAD = DSL.field(DSL.selectCount()
                    .from(Message.TABLE)
                    .where(Message.CONVERSATION.eq(Conversation.CONVERSATION))
                    .and(Message.DIRECTION.eq(IN))
                    .and(Message.HAPPENED_AT.gt(DSL.coalesce(Conversation.LAST_OUTBOUND_AT, DSL.val(Instant.EPOCH))))
                    .and(Message.HAPPENED_AT.gt(DSL.coalesce(ConversationState.READ_UNTIL, DSL.val(Instant.EPOCH)))))
            .as("unread");

    /// A conversation is archived until its customer writes again.
    private static Condition isArchived() {
        return ConversationState.ARCHIVED_AT
                .isNotNull()
                .and(Conversation.LAST_INBOUND_AT
                        .isNull()
                        .or(Conversation.LAST_INBOUND_AT.le(ConversationState.ARCHIVED_AT)));
    }

    private static ConversationView conversation(Record row) {
        return new ConversationView(
                row.get(Conversation.CONVERSATION),
                row.get(Conversation.BUSINESS_NUMBER),
                row.get(Conversation.CUSTOMER),
                row.get(Conversation.NAME),
                row.get(Conversation.USERNAME),
                row.get(Conversation.PHONE),
                row.get(Conversation.USER_ID),
                row.get(Conversation.LAST_ACTIVITY_AT),
                row.get(Conversation.LAST_INBOUND_AT),
                row.get(Conversation.LAST_OUTBOUND_AT),
                row.get(UNREAD),
                Boolean.TRUE.equals(row.get(IS_ARCHIVED)),
                row.get(ConversationState.ARCHIVED_AT),
                row.get(ConversationState.ARCHIVED_BY));
    }

    /// Archives a conversation.
    ///
    /// @param by the author
    public void archive(String conversation, String by) {
        Instant now = now();
        state(conversation, ConversationState.ARCHIVED_AT, now);
        state(conversation, ConversationState.ARCHIVED_BY, StoredText.id(by));
    }

    /// Ends that a conversation is archived.
    public void unarchive(String conversation) {
        database.sql()
                .update(ConversationState.TABLE)
                .setNull(ConversationState.ARCHIVED_AT)
                .setNull(ConversationState.ARCHIVED_BY)
                .where(ConversationState.CONVERSATION.eq(StoredText.id(conversation)))
                .execute();
    }

    /// Marks all messages of a conversation as read.
    public void read(String conversation) {
        state(conversation, ConversationState.READ_UNTIL, now());
    }

    private <T> void state(String conversation, Field<T> field, T value) {
        String key = StoredText.id(conversation);
        database.sql().transaction(transaction -> {
            transaction
                    .dsl()
                    .insertInto(ConversationState.TABLE)
                    .columns(ConversationState.CONVERSATION)
                    .values(key)
                    .onConflict(ConversationState.CONVERSATION)
                    .doNothing()
                    .execute();
            transaction
                    .dsl()
                    .update(ConversationState.TABLE)
                    .set(field, value)
                    .where(ConversationState.CONVERSATION.eq(key))
                    .execute();
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /// Returns messages and replies by their time.
    public Page<MessageView> messages(MessageFilter filter, PageRequest page) {
        List<Condition> conditions = new ArrayList<>();
        filter.conversation().ifPresent(key -> conditions.add(Message.CONVERSATION.eq(StoredText.id(key))));
        filter.businessNumber().ifPresent(number -> conditions.add(Message.BUSINESS_NUMBER.eq(StoredText.id(number))));
        filter.sender().ifPresent(sender -> conditions.add(Message.SENDER.eq(StoredText.id(sender))));
        filter.direction().ifPresent(direction -> conditions.add(Message.DIRECTION.eq(direction)));
        filter.kind().ifPresent(kind -> conditions.add(Message.KIND.eq(StoredText.id(kind))));
        conditions.add(Message.HAPPENED_AT.isNotNull());
        page.after()
                .ifPresent(cursor -> conditions.add(DSL.row(Message.HAPPENED_AT, Message.MESSAGE_ID)
                        .lt(cursor.at(), cursor.keys().getFirst())));
        List<MessageView> read =
                filter.words().map(words -> search(conditions, words, page)).orElseGet(() -> list(conditions, page));
        return Page.of(read, page.limit(), last -> new Cursor(last.at(), List.of(last.id())));
    }

    private List<MessageView> list(List<Condition> conditions, PageRequest page) {
        return newest(fromMessages(Message.TABLE).where(conditions), page);
    }

    /// PostgreSQL does not know how frequent a word is, and walking back in time until a page is full
    /// reads the whole table for a rare word, as collecting every match does for a frequent one. So
    /// frequent words are found among the newest messages, and others by the index of words. How many of the first
    /// thousand have the words says how far to walk.
    private List<MessageView> search(List<Condition> conditions, String words, PageRequest page) {
        Condition hasWords = hasWords(words);
        List<Condition> all = new ArrayList<>(conditions);
        all.add(hasWords);
        if (!database.isPostgres()) {
            return list(all, page);
        }
        int first = Math.max(1, walked / FIRST_WALK);
        List<MessageView> read = amongNewest(first, conditions, hasWords, page);
        if (read.size() <= page.limit() && !read.isEmpty()) {
            // Twice as many as should be enough, if what is older has the words as often.
            long enough = 2L * (page.limit() + 1) * first / read.size();
            read = enough <= walked ? amongNewest((int) enough, conditions, hasWords, page) : List.of();
        }
        if (read.size() > page.limit()) {
            return read;
        }
        CommonTableExpression<?> found = DSL.name(Message.TABLE.getName())
                .asMaterialized(DSL.select(DSL.asterisk()).from(Message.TABLE).where(all));
        return newest(
                database.sql()
                        .with(found)
                        .select(MESSAGE_FIELDS)
                        .from(Message.TABLE)
                        .leftJoin(MessageFile.TABLE)
                        .on(HAS_FILE),
                page);
    }

    private List<MessageView> amongNewest(
            int number, List<Condition> conditions, Condition hasWords, PageRequest page) {
        Table<?> newest = DSL.select(DSL.asterisk())
                .from(Message.TABLE)
                .where(conditions)
                .orderBy(NEWEST_FIRST)
                .limit(number)
                .asTable(Message.TABLE.getName());
        return newest(fromMessages(newest).where(hasWords), page);
    }

    private static final Condition HAS_FILE = MessageFile.MESSAGE_ID.eq(Message.MESSAGE_ID);

    private SelectJoinStep<? extends Record> fromMessages(Table<?> messages) {
        return database.sql()
                .select(MESSAGE_FIELDS)
                .from(messages)
                .leftJoin(MessageFile.TABLE)
                .on(HAS_FILE);
    }

    private static List<MessageView> newest(SelectOrderByStep<?> messages, PageRequest page) {
        return messages.orderBy(NEWEST_FIRST).limit(page.limit() + 1).fetch(ArchiveQueries::message);
    }

    /// Words in any order: on PostgreSQL whole words by an index, on H2 parts of words without one.
    private Condition hasWords(String words) {
        if (database.isPostgres()) {
            return DSL.condition(DSL.function(
                    DSL.name("message_has_words"),
                    SQLDataType.BOOLEAN,
                    DSL.field(DSL.name(Message.TABLE.getName(), "search")),
                    DSL.val(words)));
        }
        return DSL.and(Arrays.stream(words.strip().split("\\s+", -1))
                .map(word -> DSL.or(Message.BODY.containsIgnoreCase(word), Message.FILENAME.containsIgnoreCase(word)))
                .toList());
    }

    private static final List<Field<?>> MESSAGE_FIELDS = List.of(
            Message.MESSAGE_ID,
            Message.WHATSAPP_ID,
            Message.CONVERSATION,
            Message.DIRECTION,
            Message.KIND,
            Message.BODY,
            Message.MEDIA_ID,
            Message.MEDIA_TYPE,
            Message.FILENAME,
            MessageFile.SHA256,
            MessageFile.MEDIA_TYPE,
            MessageFile.FILENAME,
            MessageFile.SIZE_BYTES,
            Message.SENDER,
            Message.SENDER_NAME,
            Message.REFERS_TO,
            Message.SENT_AT,
            Message.HAPPENED_AT);

    private static final List<SortField<?>> NEWEST_FIRST =
            List.of(Message.HAPPENED_AT.desc(), Message.MESSAGE_ID.desc());

    private static MessageView message(Record row) {
        return new MessageView(
                row.get(Message.MESSAGE_ID),
                row.get(Message.WHATSAPP_ID),
                row.get(Message.CONVERSATION),
                row.get(Message.DIRECTION),
                row.get(Message.KIND),
                row.get(Message.BODY),
                row.get(Message.MEDIA_ID),
                row.get(Message.MEDIA_TYPE),
                row.get(Message.FILENAME),
                file(row),
                row.get(Message.SENDER),
                row.get(Message.SENDER_NAME),
                row.get(Message.REFERS_TO),
                row.get(Message.SENT_AT),
                row.get(Message.HAPPENED_AT));
    }

    private static @Nullable KeptFile file(Record row) {
        String sha256 = row.get(MessageFile.SHA256);
        return sha256 == null
                ? null
                : new KeptFile(
                        sha256,
                        row.get(MessageFile.MEDIA_TYPE),
                        row.get(MessageFile.SIZE_BYTES),
                        row.get(MessageFile.FILENAME));
    }

    /// Returns a file of the media store as the latest message with its bytes names it; empty if no
    /// message does.
    ///
    /// @param conversation only messages of this one; empty: of any
    public Optional<KeptFile> file(String sha256, Optional<String> conversation) {
        return database.sql()
                .select(MessageFile.SHA256, MessageFile.MEDIA_TYPE, MessageFile.SIZE_BYTES, MessageFile.FILENAME)
                .from(MessageFile.TABLE)
                .where(MessageFile.SHA256.eq(sha256))
                .and(conversation.map(MessageFile.CONVERSATION::eq).orElseGet(DSL::noCondition))
                .orderBy(MessageFile.KEPT_AT.desc(), MessageFile.MESSAGE_ID)
                .limit(1)
                .fetchOptional(ArchiveQueries::file);
    }

    /// Returns parts of replies that were refused or not delivered, by the time of that.
    public Page<FailureView> failures(PageRequest page) {
        List<Condition> conditions = new ArrayList<>(List.of(ReplyPart.FAILED_AT.isNotNull()));
        page.after()
                .ifPresent(cursor -> conditions.add(DSL.row(ReplyPart.FAILED_AT, ReplyPart.REPLY_ID)
                        .lt(cursor.at(), cursor.keys().getFirst())
                        .or(DSL.row(ReplyPart.FAILED_AT, ReplyPart.REPLY_ID)
                                .eq(cursor.at(), cursor.keys().getFirst())
                                .and(ReplyPart.PART_NUMBER
                                        .cast(SQLDataType.VARCHAR)
                                        .lt(cursor.keys().getLast())))));
        List<FailureView> read = database.sql()
                .select(
                        ReplyPart.REPLY_ID,
                        ReplyPart.PART_NUMBER,
                        Tables.Reply.CONVERSATION,
                        ReplyPart.FAILED_AT,
                        ReplyPart.REFUSED_CODE,
                        ReplyPart.REFUSED_REASON,
                        ReplyPart.ERROR_CODE,
                        ReplyPart.ERROR_REASON)
                .from(ReplyPart.TABLE)
                .leftJoin(Tables.Reply.TABLE)
                .on(Tables.Reply.REPLY_ID.eq(ReplyPart.REPLY_ID))
                .where(conditions)
                .orderBy(
                        ReplyPart.FAILED_AT.desc(),
                        ReplyPart.REPLY_ID.desc(),
                        ReplyPart.PART_NUMBER.cast(SQLDataType.VARCHAR).desc())
                .limit(page.limit() + 1)
                .fetch(ArchiveQueries::failure);
        return Page.of(
                read,
                page.limit(),
                last -> new Cursor(last.at(), List.of(last.replyId(), Integer.toString(last.part()))));
    }

    private static FailureView failure(Record row) {
        Integer code = row.get(ReplyPart.ERROR_CODE);
        String reason = row.get(ReplyPart.ERROR_REASON);
        boolean isReported = code != null || reason != null;
        return new FailureView(
                row.get(ReplyPart.REPLY_ID),
                Objects.requireNonNull(row.get(ReplyPart.PART_NUMBER)),
                row.get(Tables.Reply.CONVERSATION),
                row.get(ReplyPart.FAILED_AT),
                isReported ? code : row.get(ReplyPart.REFUSED_CODE),
                isReported ? reason : row.get(ReplyPart.REFUSED_REASON),
                isReported ? "whatsapp" : "lull or whatsapp");
    }

    /// Returns changes of settings at run time with their results, by their time. A change whose result was never
    /// written is absent.
    public Page<ChangeView> changes(PageRequest page) {
        List<Condition> conditions = new ArrayList<>(List.of(
                SettingChange.CHANGED_AT.isNotNull(),
                SettingChange.PARTITIONS.gt(0).or(SettingChange.FAILED_PARTITIONS.gt(0))));
        page.after()
                .ifPresent(cursor -> conditions.add(
                        DSL.row(SettingChange.CHANGED_AT, SettingChange.LOG_OFFSET.cast(SQLDataType.VARCHAR))
                                .lt(cursor.at(), cursor.keys().getFirst())));
        List<Record> read = database.sql()
                .select(
                        SettingChange.INPUT_TOPIC,
                        SettingChange.SETTING,
                        SettingChange.BUSINESS_NUMBER,
                        SettingChange.NEW_VALUE,
                        SettingChange.CHANGED_BY,
                        SettingChange.CHANGED_AT,
                        SettingChange.PARTITIONS,
                        SettingChange.FAILED_PARTITIONS,
                        SettingChange.LOG_OFFSET)
                .from(SettingChange.TABLE)
                .where(conditions)
                .orderBy(
                        SettingChange.CHANGED_AT.desc(),
                        SettingChange.LOG_OFFSET.cast(SQLDataType.VARCHAR).desc())
                .limit(page.limit() + 1)
                .fetch(row -> row);
        Page<Record> rows = Page.of(
                read,
                page.limit(),
                last -> new Cursor(
                        last.get(SettingChange.CHANGED_AT),
                        List.of(String.valueOf(last.get(SettingChange.LOG_OFFSET)))));
        return new Page<>(rows.items().stream().map(ArchiveQueries::change).toList(), rows.next());
    }

    private static ChangeView change(Record row) {
        return new ChangeView(
                row.get(SettingChange.INPUT_TOPIC),
                row.get(SettingChange.SETTING),
                row.get(SettingChange.BUSINESS_NUMBER),
                row.get(SettingChange.NEW_VALUE),
                row.get(SettingChange.CHANGED_BY),
                row.get(SettingChange.CHANGED_AT),
                Objects.requireNonNull(row.get(SettingChange.PARTITIONS)),
                Objects.requireNonNull(row.get(SettingChange.FAILED_PARTITIONS)));
    }
}
