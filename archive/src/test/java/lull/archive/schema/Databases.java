package lull.archive.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import lull.standins.postgres.PostgresServer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Named;

/// Empty databases for tests: an H2 in memory, and one of a PostgreSQL server that runs as long as the JVM.
public final class Databases {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private Databases() {}

    /// Opener of an empty, migrated database.
    @FunctionalInterface
    public interface Kind {
        ArchiveDatabase open();
    }

    /// Returns the kinds of databases that this machine has. Tests with PostgreSQL are skipped, with the reason, if it
    /// has no server.
    public static Stream<Named<Kind>> kinds() {
        return Stream.of(Named.of("H2", Databases::h2), Named.of("PostgreSQL", () -> {
            Assumptions.assumeTrue(
                    PostgresServer.isInstalled(),
                    "needs the programs of a PostgreSQL server in " + PostgresServer.installed() + "/*/bin");
            return postgres();
        }));
    }

    /// Returns an empty H2 in memory.
    public static ArchiveDatabase h2() {
        return migrated("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    /// Returns an empty database of the PostgreSQL server.
    public static ArchiveDatabase postgres() {
        try {
            return migrated(PostgresServer.shared().createDatabase());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ArchiveDatabase migrated(String url) {
        ArchiveDatabase database =
                ArchiveDatabase.open(new ArchiveDatabase.Options(url, Optional.empty(), Optional.empty(), 6, TIMEOUT));
        database.migrate();
        return database;
    }

    /// Returns all rows of a database that come from topics, as text, table by table.
    public static List<String> rows(ArchiveDatabase database) {
        return Tables.all().stream()
                .flatMap(table ->
                        database.sql().select(table.fields()).from(table.table()).orderBy(table.keys()).fetch().stream()
                                .map(row -> table + " " + row.intoMap()))
                .toList();
    }
}
