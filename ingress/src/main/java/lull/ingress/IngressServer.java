package lull.ingress;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import lull.runtime.http.HttpServers;
import lull.runtime.http.ListenAddress;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// The HTTP server of the ingress, with the limits that keep it alive whoever connects.
final class IngressServer implements AutoCloseable {

    private static final long LOOK_NANOS = 5_000_000;

    private final Javalin server;
    private final Server jetty;
    private final SlowConnections slow;
    private final InFlight inFlight;
    private final Duration drain;

    /// Its limits.
    ///
    /// @param maxConnections further ones wait until others end
    /// @param idle how long a connection may say nothing
    /// @param arrival how long the head of a request may take to arrive
    /// @param drain how long requests under way may take when it stops
    record Limits(ListenAddress address, int maxConnections, Duration idle, Duration arrival, Duration drain) {}

    /// A key store in PKCS#12 or JKS format with the server's key and certificate.
    ///
    /// @param scan how often the file is looked at; a new one counts from then on
    record KeyStore(Path file, String password, Duration scan) {
        @Override
        public String toString() {
            return "KeyStore[" + file + "]";
        }
    }

    private IngressServer(Javalin server, Server jetty, SlowConnections slow, InFlight inFlight, Duration drain) {
        this.server = server;
        this.jetty = jetty;
        this.slow = slow;
        this.inFlight = inFlight;
        this.drain = drain;
    }

    /// Serves; over TLS where there is a key store.
    ///
    /// @param inFlight what must be answered before it stops
    static IngressServer start(
            Limits limits, Optional<KeyStore> keyStore, InFlight inFlight, Consumer<RoutesConfig> routes) {
        SlowConnections slow = SlowConnections.watch(limits.arrival());
        AtomicReference<Server> jetty = new AtomicReference<>();
        Javalin server = HttpServers.create(config -> {
            config.jetty.modifyServer(jetty::set);
            configure(config, limits, keyStore, slow);
            routes.accept(config.routes);
        });
        try {
            Javalin started = limits.address().start(server::start);
            return new IngressServer(started, jetty.get(), slow, inFlight, limits.drain());
        } catch (RuntimeException e) {
            slow.close();
            throw e;
        }
    }

    int port() {
        return server.port();
    }

    /// Takes no new connections, answers what has come, and stops.
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

    private static void configure(
            JavalinConfig config, Limits limits, Optional<KeyStore> keyStore, SlowConnections slow) {
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setIdleTimeout(limits.idle().toMillis());
        });
        config.jetty.modifyServer(server -> {
            server.addBean(new NetworkConnectionLimit(limits.maxConnections(), server));
        });
        config.jetty.addConnector((server, http) -> {
            ServerConnector connector = keyStore.isPresent()
                    ? tls(server, http, keyStore.get())
                    : new ServerConnector(server, new HttpConnectionFactory(http));
            if (!limits.address().host().isEmpty()) {
                connector.setHost(limits.address().host());
            }
            connector.setPort(limits.address().port());
            connector.setIdleTimeout(limits.idle().toMillis());
            connector.addBean(slow, false);
            return connector;
        });
    }

    private static ServerConnector tls(Server server, HttpConfiguration http, KeyStore keyStore) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(keyStore.file().toString());
        tls.setKeyStorePassword(keyStore.password());
        server.addBean(new CertificateScanner(tls, keyStore));
        HttpConfiguration secure = new HttpConfiguration(http);
        // Whichever name Meta calls it by, the certificate is the one there is.
        secure.addCustomizer(new SecureRequestCustomizer(false));
        return new ServerConnector(server, tls, new HttpConnectionFactory(secure));
    }
}
