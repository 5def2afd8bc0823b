package lull.standins.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// PostgreSQL server, no stand-in but the real one: a process of the installed version on a free
/// port, with its data in a temporary folder. It is stopped when the JVM ends. Safe for several
/// threads.
public final class PostgresServer {

    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

    private static @Nullable PostgresServer shared;

    private final AtomicInteger databases = new AtomicInteger();
    private final int port;

    private PostgresServer(int port) {
        this.port = port;
    }

    /// The folder in which Debian's packages install the programs, by version.
    public static Path installed() {
        return INSTALLED;
    }

    /// Whether this machine has the programs of a server.
    public static boolean isInstalled() {
        return programs().isPresent();
    }

    /// Returns the server that all tests of the JVM share. It writes nothing through to the disk.
    public static synchronized PostgresServer shared() throws IOException {
        if (shared == null) {
            shared = start(false);
        }
        return shared;
    }

    /// Starts a server.
    ///
    /// @param durable whether it writes each transaction through to the disk, as a server in production does
    public static PostgresServer start(boolean durable) throws IOException {
        return start(
                programs()
                        .orElseThrow(() -> new IOException("There is no PostgreSQL server in " + INSTALLED + "/*/bin")),
                durable);
    }

    /// Creates an empty database, and returns its address.
    public String createDatabase() throws IOException {
        String name = "archive_" + databases.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(address("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IOException("No database could be created", e);
        }
        return address(name);
    }

    private String address(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres";
    }

    private static Optional<Path> programs() {
        if (!Files.isDirectory(INSTALLED)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(programs -> Files.isExecutable(programs.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static PostgresServer start(Path programs, boolean durable) throws IOException {
        Path folder = Files.createTempDirectory(
                "lull-postgresql", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx")));
        // The file attribute is reduced by the umask.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path data = folder.resolve("data");
        run(
                folder,
                programs.resolve("initdb").toString(),
                "--pgdata=" + data,
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--no-sync");
        int port = freePort();
        Process server = process(
                        folder,
                        "server",
                        List.of(
                                programs.resolve("postgres").toString(),
                                "-D",
                                data.toString(),
                                "-p",
                                Integer.toString(port),
                                "-c",
                                "listen_addresses=127.0.0.1",
                                "-c",
                                "unix_socket_directories=" + folder,
                                "-c",
                                "fsync=" + (durable ? "on" : "off"),
                                "-c",
                                "max_connections=200"))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder)));
        PostgresServer started = new PostgresServer(port);
        started.awaitConnections(server, folder);
        return started;
    }

    private void awaitConnections(Process server, Path folder) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try (Connection connection = DriverManager.getConnection(address("postgres"))) {
                if (connection.isValid(1)) {
                    return;
                }
            } catch (SQLException e) {
                if (System.nanoTime() > deadline || !server.isAlive()) {
                    throw new IOException("PostgreSQL does not start; its log is in " + folder, e);
                }
            }
            Thread.onSpinWait();
        }
    }

    private static void stop(Process server, Path folder) {
        server.destroy();
        try {
            if (!server.waitFor(10, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // The system empties its temporary folder.
        }
    }

    private static void run(Path folder, String... command) throws IOException {
        Process process = process(folder, "setup", List.of(command)).start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command[0] + " failed; its log is in " + folder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /// PostgreSQL does not run as root.
    private static ProcessBuilder process(Path folder, String log, List<String> command) {
        List<String> whole = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            whole.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"));
        }
        whole.addAll(command);
        return new ProcessBuilder(whole)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log + ".log").toFile());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
