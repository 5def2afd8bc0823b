package lull.archive.schema;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/// Database of the archive: a pool of connections to PostgreSQL or an embedded H2, and the migrations of its schema.
/// Opening it does not connect. Safe for several threads.
public final class ArchiveDatabase implements AutoCloseable {

    /// Version of the last migration for PostgreSQL.
    static final int POSTGRESQL_VERSION = 8;

    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final String H2 = "jdbc:h2:";
    private static final String MIGRATIONS = "classpath:lull/archive/migrations/";

    private final HikariDataSource pool;
    private final boolean isPostgres;
    private volatile boolean isMigrated;
    private final DSLContext sql;

    /// How to connect.
    ///
    /// @param url the JDBC address of a PostgreSQL or H2 database
    /// @param maxConnections the size of the pool
    /// @param timeout how long a connection may take
    public record Options(
            String url, Optional<String> user, Optional<String> password, int maxConnections, Duration timeout) {
        public Options {
            if (!isSupported(url)) {
                throw new IllegalArgumentException("The archive needs a database of PostgreSQL or H2");
            }
        }

        @Override
        public String toString() {
            return "Options[]";
        }
    }

    private ArchiveDatabase(Options options) {
        isPostgres = options.url().startsWith(POSTGRESQL);
        HikariConfig config = new HikariConfig();
        config.setPoolName("archive");
        config.setJdbcUrl(options.url());
        options.user().ifPresent(config::setUsername);
        options.password().ifPresent(config::setPassword);
        config.setMaximumPoolSize(options.maxConnections());
        config.setMinimumIdle(1);
        config.setAutoCommit(true);
        config.setConnectionTimeout(options.timeout().toMillis());
        // Without it a database that is down at the start would be an exception here.
        config.setInitializationFailTimeout(-1);
        if (isPostgres) {
            // One statement with many rows instead of many statements.
            config.addDataSourceProperty("reWriteBatchedInserts", "true");
            config.addDataSourceProperty("ApplicationName", "lull-archive");
            config.addDataSourceProperty(
                    "connectTimeout",
                    Long.toString(Math.max(1, options.timeout().toSeconds())));
        }
        pool = new HikariDataSource(config);
        sql = DSL.using(
                pool,
                isPostgres ? SQLDialect.POSTGRES : SQLDialect.H2,
                new Settings().withRenderQuotedNames(RenderQuotedNames.NEVER).withExecuteLogging(false));
    }

    /// Opens a database; it need not be reachable yet.
    public static ArchiveDatabase open(Options options) {
        return new ArchiveDatabase(options);
    }

    /// Whether an address is one of a database that the archive can use.
    public static boolean isSupported(String url) {
        return url.startsWith(POSTGRESQL) || url.startsWith(H2);
    }

    /// Whether an address is one of PostgreSQL.
    public static boolean isPostgres(String url) {
        return url.startsWith(POSTGRESQL);
    }

    /// Creates the tables, or brings them to the version of this program. Several processes may do so at once.
    public void migrate() {
        List<String> locations = new ArrayList<>(List.of(MIGRATIONS + "common"));
        if (isPostgres) {
            locations.add(MIGRATIONS + "postgresql");
        }
        Flyway.configure(ArchiveDatabase.class.getClassLoader())
                .dataSource(pool)
                .locations(locations.toArray(String[]::new))
                .table("archive_schema_history")
                .load()
                .migrate();
        isMigrated = true;
    }

    /// Whether this program has brought the tables to its version. Before that questions fail.
    public boolean isMigrated() {
        return isMigrated;
    }

    /// Statements by jOOQ, each in a transaction of its own.
    public DSLContext sql() {
        return sql;
    }

    /// Whether it is PostgreSQL, which has full-text search; else it is H2.
    public boolean isPostgres() {
        return isPostgres;
    }

    /// Returns why the database does not answer, in words; empty if it does.
    ///
    /// @param limit how long it may take
    public Optional<String> problem(Duration limit) {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid((int) Math.max(1, limit.toSeconds()))
                    ? Optional.empty()
                    : Optional.of("the database does not answer");
        } catch (SQLException e) {
            return Optional.of(reason(e));
        }
    }

    /// Returns a failure in words, without addresses, statements and values.
    public static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sqlFailure && sqlFailure.getSQLState() != null) {
                return "the database fails with SQLSTATE " + sqlFailure.getSQLState();
            }
        }
        return "the database is not reachable";
    }

    @Override
    public void close() {
        pool.close();
    }
}
