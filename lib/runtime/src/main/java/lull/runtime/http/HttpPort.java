package lull.runtime.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import lull.runtime.CannotStart;
import lull.runtime.FileProblem;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// HTTP port of a process, with limits that keep the process alive regardless of who connects. Every
/// port is one of these.
public final class HttpPort implements AutoCloseable {

    private static final long LOOK_NANOS = 5_000_000;

    /// The number of connections that wait in the operating system while there are too many. Otherwise
    /// the system would drop new ones, and their clients would retry only after a second.
    private static final int ACCEPT_QUEUE = 1_024;

    private final Javalin server;
    private final Server jetty;
    private final SlowConnections slow;
    private final InFlight inFlight;
    private final Duration drain;

    /// Options of a port.
    ///
    /// @param name of the port, in metrics
    /// @param maxConnections further ones wait until others end; idle ones are closed before
    /// @param maxOfAddress further connections of one client address are closed; 0 for no limit
    /// @param idle how long a connection may be silent
    /// @param arrival how long the headers of a request may take to arrive
    /// @param drain how long requests in progress may take when it stops
    public record Options(
            String name,
            ListenAddress address,
            int maxConnections,
            int maxOfAddress,
            Duration idle,
            Duration arrival,
            Duration drain) {

        /// Returns the options of a port on a free port of the loopback address: for tests.
        public static Options free(String name) {
            return new Options(
                    name,
                    ListenAddress.free(),
                    100,
                    0,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(1));
        }
    }

    /// A key store in PKCS#12 or JKS format with the server's key and certificate.
    ///
    /// @param scan how often the file is checked; a new one is then used
    public record KeyStore(Path file, String password, Duration scan) {

        /// Returns the key store in a file. Throws [CannotStart] if the file cannot be read, or
        /// contains no key for this password.
        ///
        /// @param setting the one that names the file
        public static KeyStore at(String setting, String file, String password, Duration scan) {
            KeyStore keyStore = new KeyStore(Path.of(file), password, scan);
            try {
                if (!keyStore.holdsKey()) {
                    throw new CannotStart(setting + ": The file " + file
                            + " holds no private key: it needs the server's key and certificate");
                }
            } catch (GeneralSecurityException e) {
                throw new CannotStart(setting + ": " + setting + ".password does not open the key in " + file, e);
            } catch (IOException e) {
                throw new CannotStart(setting + ": " + problem(setting, keyStore.file(), e), e);
            }
            return keyStore;
        }

        private static String problem(String setting, Path file, IOException failure) {
            if (failure.getCause() instanceof UnrecoverableKeyException) {
                return setting + ".password does not open the file " + file;
            }
            return Files.isRegularFile(file) && Files.isReadable(file)
                    ? "The file " + file + " is not a key store in PKCS#12 or JKS format"
                    : FileProblem.words(file, failure);
        }

        /// Whether the file contains a key for this password now; throws if the file cannot be read or
        /// the password is wrong.
        boolean holdsKey() throws IOException, GeneralSecurityException {
            char[] secret = password.toCharArray();
            java.security.KeyStore store = load(secret);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getKey(alias, secret) != null) {
                    return true;
                }
            }
            return false;
        }

        /// Returns the certificates of the keys that the file contains now; throws as [#holdsKey()].
        List<X509Certificate> certificates() throws IOException, GeneralSecurityException {
            java.security.KeyStore store = load(password.toCharArray());
            List<X509Certificate> certificates = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
                    certificates.add(certificate);
                }
            }
            return certificates;
        }

        private java.security.KeyStore load(char[] secret) throws IOException, GeneralSecurityException {
            try (InputStream in = Files.newInputStream(file)) {
                java.security.KeyStore store =
                        java.security.KeyStore.getInstance(java.security.KeyStore.getDefaultType());
                store.load(in, secret);
                return store;
            }
        }

        @Override
        public String toString() {
            return "KeyStore[" + file + "]";
        }
    }

    private HttpPort(Javalin server, Server jetty, SlowConnections slow, InFlight inFlight, Duration drain) {
        this.server = server;
        this.jetty = jetty;
        this.slow = slow;
        this.inFlight = inFlight;
        this.drain = drain;
    }

    /// Starts to serve; over TLS if there is a key store, and then not without TLS.
    ///
    /// @param keyStore which [TlsSettings] name for each port
    /// @param inFlight the requests that must be answered before it stops
    public static HttpPort start(
            Options options,
            Optional<KeyStore> keyStore,
            InFlight inFlight,
            MeterRegistry registry,
            Consumer<RoutesConfig> routes) {
        SlowConnections slow = SlowConnections.watch(
                options.arrival(),
                options.maxConnections(),
                closed(registry, options, "slow"),
                closed(registry, options, "room"));
        AddressLimit addresses = new AddressLimit(options.maxOfAddress(), closed(registry, options, "address"));
        Gauge.builder("lull.http.connections", slow, SlowConnections::connections)
                .description("Open connections of an HTTP port")
                .tag("port", options.name())
                .register(registry);
        AtomicReference<Server> jetty = new AtomicReference<>();
        Javalin server = HttpServers.create(config -> {
            config.jetty.modifyServer(jetty::set);
            configure(config, options, keyStore, registry, slow, addresses);
            routes.accept(config.routes);
        });
        try {
            Javalin started = options.address().start(server::start);
            return new HttpPort(started, jetty.get(), slow, inFlight, options.drain());
        } catch (RuntimeException e) {
            slow.close();
            throw e;
        }
    }

    public int port() {
        return server.port();
    }

    /// Accepts no new connections, answers the requests that have arrived, and stops.
    @Override
    public void close() {
        for (Connector connector : jetty.getConnectors()) {
            CompletableFuture<Void> _ = connector.shutdown();
        }
        long deadline = System.nanoTime() + drain.toNanos();
        while (inFlight.requests() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        server.stop();
        slow.close();
    }

    private static Counter closed(MeterRegistry registry, Options options, String reason) {
        return Counter.builder("lull.http.connections.closed")
                .description("Connections that an HTTP port has closed, by reason")
                .tag("port", options.name())
                .tag("reason", reason)
                .register(registry);
    }

    private static void configure(
            JavalinConfig config,
            Options options,
            Optional<KeyStore> keyStore,
            MeterRegistry registry,
            SlowConnections slow,
            AddressLimit addresses) {
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setIdleTimeout(options.idle().toMillis());
        });
        config.jetty.modifyServer(server -> {
            server.addBean(new NetworkConnectionLimit(options.maxConnections(), server));
            server.setHandler(new HeadAsGet(new NoUpgrade()));
            server.setErrorHandler(new JsonErrors());
        });
        config.jetty.addConnector((server, http) -> {
            ServerConnector connector = keyStore.isPresent()
                    ? tls(
                            server,
                            http,
                            keyStore.get(),
                            CertificateValidity.of(options.name(), keyStore.get(), registry, InstantSource.system()))
                    : new ServerConnector(server, new HttpConnectionFactory(http));
            if (!options.address().host().isEmpty()) {
                connector.setHost(options.address().host());
            }
            connector.setPort(options.address().port());
            connector.setIdleTimeout(options.idle().toMillis());
            connector.setAcceptQueueSize(ACCEPT_QUEUE);
            // The limit may close a connection at once, so it is added last: the other listener must
            // see the connection first.
            connector.addBean(slow, false);
            connector.addBean(addresses, false);
            return connector;
        });
    }

    private static ServerConnector tls(
            Server server, HttpConfiguration http, KeyStore keyStore, CertificateValidity validity) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(keyStore.file().toString());
        tls.setKeyStorePassword(keyStore.password());
        server.addBean(new CertificateScanner(tls, keyStore, validity));
        HttpConfiguration secure = new HttpConfiguration(http);
        // There is only one certificate, regardless of the host name that the client uses.
        secure.addCustomizer(new SecureRequestCustomizer(false));
        return new ServerConnector(server, tls, new HttpConnectionFactory(secure));
    }
}
