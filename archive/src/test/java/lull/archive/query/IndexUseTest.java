package lull.archive.query;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lull.archive.journey.JourneyReader;
import lull.archive.query.ArchiveQueries.MessageFilter;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.Databases;
import lull.standins.postgres.PostgresServer;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// How PostgreSQL answers what the archive is asked, by its own `EXPLAIN`: no question may read a large table as a
/// whole.
final class IndexUseTest {

    private static final String CONVERSATION = "1002|customer-17";
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static ArchiveDatabase database;

    /// The statements of the present question.
    private static final List<String> STATEMENTS = new ArrayList<>();

    @BeforeAll
    static void fill() {
        Assumptions.assumeTrue(
                PostgresServer.isInstalled(),
                "needs the programs of a PostgreSQL server in " + PostgresServer.installed() + "/*/bin");
        database = Databases.postgres();
        database.sql()
                .execute("insert into conversation (conversation, business_number, customer, last_activity_at)"
                        + " select (1000 + n % 3) || '|customer-' || n, (1000 + n % 3)::text, 'customer-' || n,"
                        + " timestamptz '2026-03-01' - n * interval '1 minute' from generate_series(1, 60000) n");
        database.sql()
                .execute("insert into message (message_id, whatsapp_id, conversation, business_number, direction, kind,"
                        + " body, sender, happened_at) select 'm-' || n, 'wamid.' || n,"
                        + " (1000 + n % 3) || '|customer-' || n % 60000, (1000 + n % 3)::text,"
                        + " case when n % 2 = 0 then 'in' else 'out' end, case when n % 10 = 0 then 'image' else 'text' end,"
                        + " 'word ' || n % 9973, 'customer-' || n % 60000,"
                        + " timestamptz '2026-03-01' - n * interval '1 second' from generate_series(1, 120000) n");
        database.sql()
                .execute("insert into hop (log_topic, log_partition, log_offset, step, happened_at, conversation,"
                        + " message_id) select 't', 0, n, 'received', timestamptz '2026-03-01' - n * interval '1 second',"
                        + " (1000 + n % 3) || '|customer-' || n % 60000, 'm-' || n from generate_series(1, 60000) n");
        database.sql()
                .execute("insert into whatsapp_charge (message_id, recipient, conversation, business_number, category,"
                        + " charged, happened_at, delivered_at) select 'm-' || n, '', '1000|customer-' || n % 60000, '1000',"
                        + " 'service', true, timestamptz '2026-03-01' - n * interval '1 minute',"
                        + " timestamptz '2026-03-01' - n * interval '1 minute' from generate_series(1, 60000) n");
        database.sql()
                .execute("insert into connect_charge (connect_id, contact_id, sender, accepted_at) select 'c-' || n,"
                        + " 'contact-' || n, 'AGENT', timestamptz '2026-03-01' - n * interval '1 minute'"
                        + " from generate_series(1, 60000) n");
        database.sql()
                .execute("insert into chat (contact_id, conversation) select 'contact-' || n, '1000|customer-' || n"
                        + " from generate_series(1, 60000) n");
        database.sql().execute("analyze");
        ((DefaultConfiguration) database.sql().configuration())
                .setExecuteListenerProvider(new DefaultExecuteListenerProvider(new ExecuteListener() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public void executeStart(ExecuteContext context) {
                        if (context.query() != null) {
                            STATEMENTS.add(DSL.using(context.configuration()).renderInlined(context.query()));
                        }
                    }
                }));
    }

    @AfterAll
    static void close() {
        if (database != null) {
            database.close();
        }
    }

    @TestFactory
    List<DynamicTest> noQuestionReadsALargeTableAsAWhole() {
        ArchiveQueries queries = new ArchiveQueries(database, () -> NOW);
        JourneyReader journeys = new JourneyReader(database);
        PageRequest first = new PageRequest(50, Optional.empty());
        return List.of(
                question(
                        "conversations of a number",
                        () -> queries.conversations(Optional.of("1000"), Optional.empty(), first)),
                question(
                        "the next page of them",
                        () -> queries.conversations(
                                Optional.of("1000"),
                                Optional.empty(),
                                after(queries.conversations(Optional.of("1000"), Optional.empty(), first)
                                        .next()))),
                question(
                        "conversations of all numbers",
                        () -> queries.conversations(Optional.empty(), Optional.of(false), first)),
                question("messages of a conversation", () -> messages(queries, CONVERSATION, "", "", "", "", first)),
                question("messages by direction", () -> messages(queries, "", "", "in", "", "", first)),
                question("messages of a sender", () -> messages(queries, "", "customer-17", "", "", "", first)),
                question("messages by kind", () -> messages(queries, "", "", "", "image", "", first)),
                question("messages with a rare word", () -> messages(queries, "", "", "", "", "4711", first)),
                question("messages with a frequent word", () -> messages(queries, "", "", "", "", "word", first)),
                question(
                        "charges of a day",
                        () -> new ChargesReader(database)
                                .read(new ChargesReader.Question(
                                        NOW.minusSeconds(86_400), NOW, Optional.empty(), Optional.empty()))),
                question("delivery failures", () -> queries.failures(first)),
                question("the journey of a message", () -> journeys.ofId("m-4711")),
                question(
                        "the journey of a customer",
                        () -> journeys.ofCustomer("customer-17", NOW.minusSeconds(86_400), NOW)));
    }

    private static PageRequest after(@Nullable String next) {
        return new PageRequest(50, Cursor.parse(requireNonNull(next), 1));
    }

    private static Page<MessageView> messages(
            ArchiveQueries queries,
            String conversation,
            String sender,
            String direction,
            String kind,
            String words,
            PageRequest page) {
        return queries.messages(
                new MessageFilter(
                        given(conversation),
                        Optional.empty(),
                        given(sender),
                        given(direction),
                        given(kind),
                        given(words)),
                page);
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(each -> !each.isEmpty());
    }

    private static DynamicTest question(String name, Runnable question) {
        return DynamicTest.dynamicTest(name, () -> {
            STATEMENTS.clear();
            question.run();
            List<String> statements = List.copyOf(STATEMENTS);
            assertThat(statements).isNotEmpty();
            for (String statement : statements) {
                assertThat(plan(statement, "on"))
                        .as(statement)
                        .doesNotContain("Seq Scan on message ", "Seq Scan on hop ", "Seq Scan on conversation ")
                        .doesNotContain("Seq Scan on whatsapp_charge ", "Seq Scan on connect_charge ");
                assertThat(plan(statement, "off"))
                        .as("there is an index for each table of " + statement)
                        .doesNotContain("Seq Scan");
            }
        });
    }

    /// @param scans whether the planner may choose to read small tables as a whole, `on` or `off`
    private static String plan(String statement, String scans) {
        return database.sql().transactionResult(transaction -> {
            transaction.dsl().execute("set local enable_seqscan = " + scans);
            return transaction.dsl().fetch("explain " + statement).stream()
                    .map(row -> row.get(0, String.class))
                    .collect(Collectors.joining("\n"));
        });
    }
}
