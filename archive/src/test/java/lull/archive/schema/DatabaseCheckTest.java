package lull.archive.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import lull.standins.postgres.PostgresServer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the doctor says of a real server.
final class DatabaseCheckTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @BeforeEach
    void needsAServer() {
        Assumptions.assumeTrue(
                PostgresServer.isInstalled(),
                "needs the programs of a PostgreSQL server in " + PostgresServer.installed() + "/*/bin");
    }

    @Test
    void aMigratedDatabaseIsWellAndSaysHowFarItIs() throws Exception {
        String url = PostgresServer.shared().createDatabase();
        migrate(url);
        execute(url, "insert into consumed_offset values ('whatsapp.message.received', 3, 17)");

        DatabaseCheck.Found found = check(url, "postgres");

        assertThat(found.problem()).isEmpty();
        assertThat(found.positions()).isEqualTo(Map.of(new TopicPartition("whatsapp.message.received", 3), 17L));
    }

    @Test
    void tablesOfAnotherVersionAreReported() throws Exception {
        String url = PostgresServer.shared().createDatabase();
        assertThat(check(url, "postgres").problem())
                .hasValueSatisfying(
                        problem -> assertThat(problem).contains("has no tables yet: start `bin/lull archive`"));
        migrate(url);

        execute(url, "delete from archive_schema_history where version = '" + ArchiveDatabase.POSTGRESQL_VERSION + "'");
        assertThat(check(url, "postgres").problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("has the tables of an earlier version"));

        execute(url, "update archive_schema_history set version = '1000' where version = '1'");
        assertThat(check(url, "postgres").problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("has the tables of a later version"));
    }

    @Test
    void aUserWithoutRightsIsReported() throws Exception {
        String url = PostgresServer.shared().createDatabase();
        String user = "stranger_" + url.replaceAll(".*/([a-z0-9_]+)[?].*", "$1");
        execute(url, "create role " + user + " login");

        assertThat(check(url, user).problem())
                .hasValueSatisfying(problem ->
                        assertThat(problem).contains("has no tables, and its user has no right to create them"));

        migrate(url);
        assertThat(check(url, user).problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("denies its user the tables"));
    }

    @Test
    void aDatabaseThatCannotBeReachedIsReportedWithoutSecrets() throws Exception {
        String url = PostgresServer.shared().createDatabase();
        int closed;
        try (ServerSocket port = new ServerSocket(0)) {
            closed = port.getLocalPort();
        }

        assertThat(problem(url.replaceFirst("/archive_[0-9]+", "/nowhere")))
                .contains("/nowhere does not exist on its server: create the database");
        assertThat(problem("jdbc:postgresql://127.0.0.1:" + closed + "/lull"))
                .contains("refuses connections: start it");
        assertThat(problem("jdbc:postgresql://no-such-host.invalid/lull"))
                .contains("the name of its host is unknown. Correct archive.jdbc.url");
        assertThat(problem(url.replaceFirst("[?].*", "?sslmode=require"))).contains("has no TLS");
    }

    @Test
    void aWrongPasswordIsReportedWithoutIt() throws Exception {
        // Of its own, because it changes who is let in.
        String url = PostgresServer.start(false).createDatabase();
        execute(url, "create role lull login password 'right'");
        String file = value(url, "show hba_file");
        execute(
                url,
                "copy (values ('host all postgres 127.0.0.1/32 trust'), ('host all lull 127.0.0.1/32 scram-sha-256')) to '"
                        + file + "'");
        execute(url, "select pg_reload_conf()");
        ArchiveDatabase.Options wrong = options(url, "lull", "s3cret");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(new DatabaseCheck(wrong).run().problem())
                        .hasValueSatisfying(problem -> assertThat(problem)
                                .contains("does not accept user and password")
                                .doesNotContain("s3cret")));
        assertThat(new DatabaseCheck(options(url, "other", "right")).run().problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("does not let this user in from here"));
        assertThat(new DatabaseCheck(options(url, "lull", "right")).run().problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("has no right to create them"));
    }

    private static String problem(String url) {
        return check(url, "postgres").problem().orElse("");
    }

    private static DatabaseCheck.Found check(String url, String user) {
        return new DatabaseCheck(options(url, user, "")).run();
    }

    private static ArchiveDatabase.Options options(String url, String user, String password) {
        return new ArchiveDatabase.Options(
                url.replace("?user=postgres", ""), Optional.of(user), Optional.of(password), 2, LIMIT);
    }

    private static void migrate(String url) {
        try (ArchiveDatabase database = ArchiveDatabase.open(options(url, "postgres", ""))) {
            database.migrate();
        }
    }

    private static void execute(String url, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(String url, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                throw new IOException("Nothing for " + sql);
            }
            return row.getString(1);
        }
    }
}
