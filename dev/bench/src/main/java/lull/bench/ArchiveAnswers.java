package lull.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import lull.archive.journey.JourneyReader;
import lull.archive.query.ArchiveQueries;
import lull.archive.query.ArchiveQueries.MessageFilter;
import lull.archive.query.PageRequest;
import lull.archive.query.TimelineReader;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.Tables.Conversation;
import lull.archive.schema.Tables.Hop;
import lull.archive.schema.Tables.Message;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Measures how long lists, searches and journeys take over many messages. The rows are generated in the database.
final class ArchiveAnswers {

    static final int MESSAGES_OF_A_CONVERSATION = 20;
    private static final int NUMBERS = 50;
    private static final int WORDS = 50_000;
    private static final int TOPICS = 300;
    private static final int PAGE = 50;
    private static final long SEED = 1;
    private static final Instant BEGIN = Instant.ofEpochSecond(1_700_000_000);
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final ArchiveDatabase database;
    private final long messages;
    private final int questions;
    private final ArchiveQueries queries;
    private final TimelineReader timelines;
    private final JourneyReader journeys;
    private final Random random = new Random(SEED);

    /// Times of one kind of question.
    ///
    /// @param rows how many rows the database reads for one, on average, by whatever way
    record Times(Duration median, Duration p99, long rows) {}

    /// A question to the archive.
    @FunctionalInterface
    private interface Question {
        void ask();
    }

    /// @param database an empty one of PostgreSQL
    /// @param messages how many it gets
    /// @param questions how often each question is asked
    ArchiveAnswers(ArchiveDatabase database, long messages, int questions) {
        this.database = database;
        this.messages = messages;
        this.questions = questions;
        this.queries = new ArchiveQueries(database, InstantSource.system());
        this.timelines = new TimelineReader(database);
        this.journeys = new JourneyReader(database);
    }

    /// Generates the rows.
    void fill() {
        database.migrate();
        DSLContext sql = database.sql();
        Field<Long> number = DSL.field(DSL.name("n"), SQLDataType.INTEGER).cast(SQLDataType.BIGINT);
        Field<Long> conversationNumber = number.mod(conversations());
        Field<String> customer = text(conversationNumber.plus(15_550_000_000L));
        Field<String> business = text(conversationNumber.mod((long) NUMBERS).plus(100_000_000_000_000L));
        Field<Instant> at = DSL.field(
                "{0} + {1} * interval '1 second'",
                Message.HAPPENED_AT.getDataType(), DSL.val(BEGIN, Message.HAPPENED_AT), number);
        sql.insertInto(Conversation.TABLE)
                .columns(
                        Conversation.CONVERSATION,
                        Conversation.BUSINESS_NUMBER,
                        Conversation.CUSTOMER,
                        Conversation.LAST_ACTIVITY_AT,
                        Conversation.LAST_INBOUND_AT)
                .select(DSL.select(business.concat("|").concat(customer), business, customer, at, at)
                        .from(DSL.generateSeries(0, Math.toIntExact(conversations() - 1))
                                .as("series", "n")))
                .execute();
        Field<Long> from = number.mod(7L);
        sql.insertInto(Message.TABLE)
                .columns(
                        Message.MESSAGE_ID,
                        Message.CONVERSATION,
                        Message.BUSINESS_NUMBER,
                        Message.DIRECTION,
                        Message.KIND,
                        Message.BODY,
                        Message.SENDER,
                        Message.HAPPENED_AT)
                .select(DSL.select(
                                DSL.val("wamid.Q").concat(text(number)),
                                business.concat("|").concat(customer),
                                business,
                                DSL.when(from.lt(2L), "out").otherwise("in"),
                                DSL.when(number.mod(100L).eq(0L), "location")
                                        .when(number.mod(10L).eq(0L), "image")
                                        .otherwise("text"),
                                DSL.val("my parcel is late ")
                                        .concat(DSL.val("w").concat(text(number.mod((long) WORDS))))
                                        .concat(DSL.val(" t").concat(text(number.mod((long) TOPICS)))),
                                DSL.when(from.lt(2L), "AGENT").otherwise(customer),
                                at)
                        .from(DSL.generateSeries(0, Math.toIntExact(messages - 1))
                                .as("series", "n")))
                .execute();
        sql.insertInto(Hop.TABLE)
                .columns(
                        Hop.LOG_TOPIC,
                        Hop.LOG_PARTITION,
                        Hop.LOG_OFFSET,
                        Hop.APPENDED_AT,
                        Hop.HAPPENED_AT,
                        Hop.STEP,
                        Hop.CONVERSATION,
                        Hop.MESSAGE_ID)
                .select(DSL.select(
                                DSL.val("whatsapp.message.received"),
                                DSL.val(0),
                                number,
                                at,
                                at,
                                DSL.val("message_received"),
                                business.concat("|").concat(customer),
                                DSL.val("wamid.Q").concat(text(number)))
                        .from(DSL.generateSeries(0, Math.toIntExact(messages - 1))
                                .as("series", "n")))
                .execute();
        sql.execute("vacuum analyze");
    }

    private long conversations() {
        return Math.max(1, messages / MESSAGES_OF_A_CONVERSATION);
    }

    private static Field<String> text(Field<Long> number) {
        return number.cast(SQLDataType.VARCHAR);
    }

    /// Asks each question many times, and returns how long it took.
    Map<String, Times> ask() {
        Map<String, Question> asked = new LinkedHashMap<>();
        asked.put(
                "conversations of a business number",
                () -> queries.conversations(Optional.of(number()), Optional.empty(), page()));
        asked.put("messages of a conversation", () -> messages(filter(Optional.of(conversation()), "", "", "", "")));
        asked.put("messages by direction", () -> messages(filter(Optional.empty(), "", "out", "", "")));
        asked.put("messages of a sender", () -> messages(filter(Optional.empty(), customer(), "", "", "")));
        asked.put("messages by kind", () -> messages(filter(Optional.empty(), "", "", "location", "")));
        asked.put("search for two words", () -> messages(filter(Optional.empty(), "", "", "", "parcel " + word())));
        asked.put(
                "search for a word of few messages",
                () -> messages(filter(Optional.empty(), "", "", "", "t" + random.nextInt(TOPICS))));
        asked.put("search for a frequent word", () -> messages(filter(Optional.empty(), "", "", "", "parcel")));
        asked.put(
                "search for a word nobody wrote",
                () -> messages(filter(Optional.empty(), "", "", "", "x" + random.nextInt(WORDS))));
        asked.put(
                "timelines of a business number",
                () -> timelines.page(
                        new TimelineReader.Filter(Optional.of(number()), BEGIN, BEGIN.plus(FOREVER), 1), page()));
        asked.put("journey of a message", () -> journeys.ofId(message()));
        Map<String, Times> times = new LinkedHashMap<>();
        asked.forEach((name, question) -> times.put(name, times(question)));
        return times;
    }

    private Times times(Question question) {
        long[] nanos = new long[questions];
        long before = rowsRead();
        // The first ones compile.
        for (int warm = 0; warm < questions / 5; warm++) {
            question.ask();
        }
        for (int number = 0; number < questions; number++) {
            long start = System.nanoTime();
            question.ask();
            nanos[number] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return new Times(
                Duration.ofNanos(nanos[questions / 2]),
                Duration.ofNanos(nanos[Math.min(questions - 1, questions * 99 / 100)]),
                (rowsRead() - before) / (questions + questions / 5));
    }

    /// Returns how many rows PostgreSQL has read until now. It counts them a moment later.
    private long rowsRead() {
        LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
        Field<Long> reads = DSL.field(DSL.name("seq_tup_read"), SQLDataType.BIGINT)
                .plus(DSL.coalesce(DSL.field(DSL.name("idx_tup_fetch"), SQLDataType.BIGINT), DSL.val(0L)));
        return Objects.requireNonNull(database.sql()
                .select(DSL.coalesce(DSL.sum(reads), DSL.val(0)).cast(SQLDataType.BIGINT))
                .from(DSL.table(DSL.name("pg_stat_user_tables")))
                .fetchSingle(0, Long.class));
    }

    private void messages(MessageFilter filter) {
        queries.messages(filter, page());
    }

    private static PageRequest page() {
        return new PageRequest(PAGE, Optional.empty());
    }

    /// Returns a business number.
    String number() {
        return Long.toString(100_000_000_000_000L + random.nextInt(NUMBERS));
    }

    /// Returns a word that few messages have.
    String word() {
        return "w" + random.nextInt(WORDS);
    }

    /// Returns the id of a message.
    String message() {
        return "wamid.Q" + random.nextLong(messages);
    }

    private String customer() {
        return Long.toString(15_550_000_000L + random.nextLong(conversations()));
    }

    /// Returns the key of a conversation.
    String conversation() {
        long number = random.nextLong(conversations());
        return (100_000_000_000_000L + number % NUMBERS) + "|" + (15_550_000_000L + number);
    }

    /// @param sender empty: any, as for the others
    private static MessageFilter filter(
            Optional<String> conversation, String sender, String direction, String kind, String words) {
        return new MessageFilter(
                conversation, Optional.empty(), given(sender), given(direction), given(kind), given(words));
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(it -> !it.isEmpty());
    }
}
