package lull.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// Probe whether something listens at an address, by a connection that is closed at once. Blocks.
public final class Reachability {

    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private Reachability() {}

    /// Returns why an address cannot be reached, in words and with the address. Also empty if
    /// connections go through a proxy, because only the proxy can tell.
    public static Optional<String> problem(URI address) throws InterruptedException {
        int port = address.getPort() >= 0 ? address.getPort() : "http".equals(address.getScheme()) ? HTTP : HTTPS;
        return hasProxy()
                ? Optional.empty()
                : problem(address.getHost(), port).map(reason -> "cannot reach " + address + ": " + reason);
    }

    /// Returns why a port of a host cannot be reached, in words; takes little more than a second at
    /// most.
    public static Optional<String> problem(String host, int port) throws InterruptedException {
        FutureTask<Optional<String>> attempt = new FutureTask<>(() -> connect(host, port));
        // Not joined: the resolution of a name cannot be interrupted.
        Thread.ofVirtual().name("reach-" + host).start(attempt);
        try {
            return attempt.get(LIMIT.plusMillis(200).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Optional.of("the name is not resolved in time");
        } catch (ExecutionException e) {
            return Optional.of(String.valueOf(e.getCause()));
        }
    }

    private static Optional<String> connect(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), (int) LIMIT.toMillis());
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of("the name is unknown");
        } catch (SocketTimeoutException e) {
            return Optional.of("no connection within " + LIMIT.toMillis() + " ms");
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static boolean hasProxy() {
        return Stream.of("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy")
                        .anyMatch(name -> System.getenv(name) != null)
                || System.getProperty("https.proxyHost") != null;
    }
}
