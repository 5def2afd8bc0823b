package lull.archive.schema;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.TopicPartition;

/// Check of the archive's PostgreSQL from outside the archive: it connects once, and changes nothing. Its user needs no
/// other rights than the archive's.
public final class DatabaseCheck {

    private static final String HISTORY = "archive_schema_history";

    private final ArchiveDatabase.Options options;

    /// Result of the check.
    ///
    /// @param problem what is wrong, and what helps; empty if the archive can use the database
    /// @param positions the offsets up to which partitions of the topics are archived; none if unknown
    public record Found(Optional<String> problem, Map<TopicPartition, Long> positions) {
        public Found {
            positions = Map.copyOf(positions);
        }
    }

    /// @param options of a PostgreSQL
    public DatabaseCheck(ArchiveDatabase.Options options) {
        this.options = options;
    }

    /// Checks whether the database answers, and whether its tables are those of this version.
    public Found run() {
        try (Connection connection = DriverManager.getConnection(options.url(), properties());
                Statement statement = connection.createStatement()) {
            Optional<String> problem = tables(statement);
            return new Found(problem, problem.isPresent() ? Map.of() : positions(statement));
        } catch (SQLException e) {
            return new Found(Optional.of(words(e)), Map.of());
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        options.user().ifPresent(user -> properties.setProperty("user", user));
        options.password().ifPresent(password -> properties.setProperty("password", password));
        String seconds = Long.toString(Math.max(1, options.timeout().toSeconds()));
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("loginTimeout", seconds);
        properties.setProperty("socketTimeout", seconds);
        properties.setProperty("ApplicationName", "lull-doctor");
        return properties;
    }

    private Optional<String> tables(Statement statement) throws SQLException {
        if (!isTrue(statement, "select to_regclass('" + HISTORY + "') is not null")) {
            return Optional.of(
                    isTrue(statement, "select has_schema_privilege(current_schema(), 'CREATE')")
                            ? at() + " has no tables yet: start `bin/lull archive`, which creates them"
                            : at()
                                    + " has no tables, and its user has no right to create them: make it the owner of the"
                                    + " database (alter database … owner to …), or grant CREATE on its schema");
        }
        int version = number(
                statement, "select max(case success when true then version::integer else 0 end) from " + HISTORY);
        if (version < ArchiveDatabase.POSTGRESQL_VERSION) {
            return Optional.of(at() + " has the tables of an earlier version: restart the archives with this version,"
                    + " which migrates them");
        }
        return version == ArchiveDatabase.POSTGRESQL_VERSION
                ? Optional.empty()
                : Optional.of(at() + " has the tables of a later version than this program: use the version of the"
                        + " archives");
    }

    private static Map<TopicPartition, Long> positions(Statement statement) throws SQLException {
        Map<TopicPartition, Long> positions = new HashMap<>();
        try (ResultSet rows =
                statement.executeQuery("select log_topic, log_partition, next_offset from consumed_offset")) {
            while (rows.next()) {
                positions.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
            }
        }
        return positions;
    }

    private static boolean isTrue(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static int number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private String words(SQLException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            switch (cause) {
                case UnknownHostException _ -> {
                    return at() + " cannot be reached: the name of its host is unknown. Correct archive.jdbc.url";
                }
                case ConnectException _ -> {
                    return at() + " refuses connections: start it, or correct archive.jdbc.url";
                }
                case SocketTimeoutException _ -> {
                    return at() + " does not answer: allow connections from here in its firewall, security group or"
                            + " network policy, or correct archive.jdbc.url";
                }
                case SSLException _ -> {
                    return at() + " has a certificate that is not accepted (" + cause.getMessage()
                            + "): correct sslmode and sslrootcert in archive.jdbc.url";
                }
                default -> {}
            }
        }
        String state = String.valueOf(failure.getSQLState());
        return at()
                + switch (state) {
                    case "08004", "08006" ->
                        " has no TLS, has a certificate for another name, or ends the connection: correct the host and sslmode in"
                                + " archive.jdbc.url, or see the log of its server";
                    case "28P01" ->
                        " does not accept user and password: correct archive.jdbc.user and archive.jdbc.password";
                    case "28000" ->
                        " does not let this user in from here (SQLSTATE 28000): correct archive.jdbc.user, allow it in pg_hba.conf,"
                                + " or set sslmode in archive.jdbc.url if the server demands TLS";
                    case "3D000" -> " does not exist on its server: create the database, or correct archive.jdbc.url";
                    case "42501" -> " denies its user the tables: make archive.jdbc.user the owner of the database";
                    case "53300" -> " has no connection left: raise max_connections, or lower archive.jdbc.connections";
                    case "57P03" -> " is starting or stopping: try again in a minute";
                    default -> " cannot be used (SQLSTATE " + state + "): see the log of its server";
                };
    }

    /// The database in words, without the parameters of its address.
    private String at() {
        return "The database " + options.url().replaceFirst("[?].*", "");
    }
}
