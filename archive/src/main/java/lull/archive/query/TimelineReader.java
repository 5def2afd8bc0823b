package lull.archive.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.archive.rows.StoredText;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.Tables.ConnectCharge;
import lull.archive.schema.Tables.Conversation;
import lull.archive.schema.Tables.Message;
import lull.runtime.Sha256;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Reader of when the messages of conversations were written, paged by the last activity of the
/// conversations. A request reads a bounded number of rows. Safe for several threads. Methods throw
/// jOOQ's `DataAccessException` if the database fails.
public final class TimelineReader {

    /// How many conversations a request looks through, for those of the share.
    private static final int MAX_LOOKED_THROUGH = 5_000;

    /// How many messages a request returns.
    private static final int MAX_MESSAGES = 10_000;

    private static final int DIGEST_DIGITS = 16;
    private static final int SHARE_DIGITS = 4;
    private static final int SHARES = 1 << (SHARE_DIGITS * 4);
    private static final int HEXADECIMAL = 16;

    /// The digits of [Message#FIRST_VERSION] with the time of the log.
    private static final int TIME_DIGITS = 15;

    private static final String IN = "in";

    private final ArchiveDatabase database;
    private final int maxLookedThrough;
    private final int maxMessages;

    /// Which conversations are read.
    ///
    /// @param businessNumber empty: all
    /// @param from only messages since then
    /// @param to only messages before
    /// @param share which part of the conversations, above 0 and at most 1: those whose digest is
    ///     small. Conversations of a share are in every larger one
    public record Filter(Optional<String> businessNumber, Instant from, Instant to, double share) {
        public Filter {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("The share must be above 0 and at most 1");
            }
        }

        boolean has(String digest) {
            return Integer.parseInt(digest.substring(0, SHARE_DIGITS), HEXADECIMAL) < share * SHARES;
        }
    }

    private record Key(String conversation, String businessNumber, Instant lastActivityAt) {

        String digest() {
            return TimelineReader.digest(conversation);
        }

        Cursor cursor() {
            return new Cursor(lastActivityAt, List.of(conversation));
        }
    }

    private record Row(String conversation, TimelineView.Line line) {}

    public TimelineReader(ArchiveDatabase database) {
        this(database, MAX_LOOKED_THROUGH, MAX_MESSAGES);
    }

    /// @param maxLookedThrough of the conversations, for a request
    /// @param maxMessages that a request returns
    TimelineReader(ArchiveDatabase database, int maxLookedThrough, int maxMessages) {
        this.database = database;
        this.maxLookedThrough = maxLookedThrough;
        this.maxMessages = maxMessages;
    }

    /// Returns conversations with their messages. A page may have fewer conversations than its limit, and
    /// even none, and still a next one: the share, and the number of messages, end it earlier. Of a
    /// conversation with more messages than a page may have, it has the newest.
    public Page<?> page(Filter filter, PageRequest page) {
        int lookedThrough = (int) Math.min(maxLookedThrough, Math.ceil(page.limit() / filter.share()));
        List<Key> looked = keys(filter, page, lookedThrough + 1);
        boolean isMore = looked.size() > lookedThrough;
        List<Key> chosen = new ArrayList<>();
        @Nullable Key last = null;
        for (Key key : looked.subList(0, Math.min(looked.size(), lookedThrough))) {
            if (filter.has(key.digest())) {
                if (chosen.size() == page.limit()) {
                    isMore = true;
                    break;
                }
                chosen.add(key);
            }
            last = key;
        }
        List<Row> rows = messages(chosen, filter);
        while (rows.size() > maxMessages && chosen.size() > 1) {
            chosen = chosen.subList(0, chosen.size() / 2);
            last = chosen.getLast();
            isMore = true;
            rows = messages(chosen, filter);
        }
        return new Page<>(
                timelines(chosen, rows.subList(0, Math.min(rows.size(), maxMessages))),
                isMore && last != null ? last.cursor().text() : null);
    }

    private List<Key> keys(Filter filter, PageRequest page, int most) {
        List<Condition> conditions = new ArrayList<>();
        filter.businessNumber()
                .ifPresent(number -> conditions.add(Conversation.BUSINESS_NUMBER.eq(StoredText.id(number))));
        conditions.add(Conversation.LAST_ACTIVITY_AT.ge(filter.from()));
        page.after()
                .ifPresent(cursor -> conditions.add(DSL.row(Conversation.LAST_ACTIVITY_AT, Conversation.CONVERSATION)
                        .lt(cursor.at(), cursor.keys().getFirst())));
        return database.sql()
                .select(Conversation.CONVERSATION, Conversation.BUSINESS_NUMBER, Conversation.LAST_ACTIVITY_AT)
                .from(Conversation.TABLE)
                .where(conditions)
                .orderBy(Conversation.LAST_ACTIVITY_AT.desc(), Conversation.CONVERSATION.desc())
                .limit(most)
                .fetch(row -> new Key(row.value1(), row.value2(), row.value3()));
    }

    private static final Field<String> TEXT =
            DSL.when(Message.DIRECTION.eq(IN), Message.BODY).as("customers_text");

    private static final Field<Integer> CHARACTERS =
            DSL.coalesce(DSL.length(Message.BODY), DSL.inline(0)).as("characters");

    /// Returns the newest messages of some conversations, newest first: one more than a page may
    /// have, if there are more.
    private List<Row> messages(List<Key> keys, Filter filter) {
        if (keys.isEmpty()) {
            return List.of();
        }
        return database.sql()
                .select(
                        Message.CONVERSATION,
                        Message.DIRECTION,
                        Message.KIND,
                        TEXT,
                        Message.FIRST_VERSION,
                        Message.HAPPENED_AT,
                        Message.SENDER,
                        Message.SENDER_NAME,
                        CHARACTERS,
                        ConnectCharge.CONTACT_ID)
                .from(Message.TABLE)
                .leftJoin(ConnectCharge.TABLE)
                .on(ConnectCharge.CONNECT_ID.eq(Message.MESSAGE_ID))
                .where(Message.CONVERSATION.in(
                        keys.stream().map(Key::conversation).toList()))
                .and(Message.HAPPENED_AT.ge(filter.from()))
                .and(Message.HAPPENED_AT.lt(filter.to()))
                .and(Message.DIRECTION.isNotNull())
                .orderBy(Message.HAPPENED_AT.desc(), Message.MESSAGE_ID.desc())
                .limit(maxMessages + 1)
                .fetch(TimelineReader::row);
    }

    private static Row row(Record row) {
        String kind = row.get(Message.KIND);
        return new Row(
                row.get(Message.CONVERSATION),
                new TimelineView.Line(
                        at(row.get(Message.FIRST_VERSION), row.get(Message.HAPPENED_AT)),
                        row.get(Message.DIRECTION),
                        kind == null ? "unknown" : kind,
                        row.get(TEXT),
                        inChat(row)));
    }

    private static TimelineView.@Nullable InChat inChat(Record row) {
        String chat = row.get(ConnectCharge.CONTACT_ID);
        return chat == null || row.get(Message.DIRECTION).equals(IN)
                ? null
                : new TimelineView.InChat(
                        row.get(Message.HAPPENED_AT),
                        digest(chat),
                        digest(chat + "|" + row.get(Message.SENDER) + "|" + row.get(Message.SENDER_NAME)),
                        row.get(CHARACTERS));
    }

    private static String digest(String key) {
        return Sha256.hex(key).substring(0, DIGEST_DIGITS);
    }

    /// Returns the time of the log, by which turns are decided; when it was received, if that is not
    /// known.
    private static Instant at(@Nullable String version, Instant received) {
        try {
            return version == null ? received : Instant.ofEpochMilli(Long.parseLong(version.substring(0, TIME_DIGITS)));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return received;
        }
    }

    private static List<TimelineView> timelines(List<Key> keys, List<Row> rows) {
        Map<String, List<TimelineView.Line>> lines = new HashMap<>();
        for (Row row : rows.reversed()) {
            lines.computeIfAbsent(row.conversation(), _ -> new ArrayList<>()).add(row.line());
        }
        List<TimelineView> timelines = new ArrayList<>();
        for (Key key : keys) {
            List<TimelineView.Line> its = lines.get(key.conversation());
            if (its != null) {
                its.sort(Comparator.comparing(TimelineView.Line::at));
                timelines.add(new TimelineView(key.digest(), key.businessNumber(), its));
            }
        }
        return timelines;
    }
}
