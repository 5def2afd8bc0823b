package lull.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import lull.standins.sns.Envelopes;
import lull.standins.sns.Notification;
import lull.standins.sns.SnsSigner;

/// Writes what SNS would post, for tests that post it themselves: envelopes signed by a key of its own, whose
/// certificate it serves. It also takes confirmations.
public final class SnsPen implements AutoCloseable {

    private final SnsSigner signer = SnsSigner.create(Instant.now());
    private final HttpServer server;
    private final Envelopes envelopes;
    private final List<String> confirmed = new CopyOnWriteArrayList<>();

    public SnsPen() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        envelopes = new Envelopes(signer, 2, uri());
    }

    /// Its address, for the setting `sns.endpoint`.
    public URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /// A notification of now.
    public String notification(String topicArn, String message) {
        return notification(topicArn, message, Instant.now());
    }

    public String notification(String topicArn, String message, Instant at) {
        return envelopes.notification(written(topicArn, message, at), topicArn + ":subscription", false);
    }

    /// A notification that was changed after it had been signed.
    public String tampered(String topicArn, String message) {
        return envelopes.notification(written(topicArn, message, Instant.now()), topicArn + ":subscription", true);
    }

    /// A request to confirm a subscription.
    public String confirmation(String topicArn, String token) {
        return envelopes.confirmation(UUID.randomUUID().toString(), topicArn, token, Instant.now());
    }

    /// The queries of the confirmations that came.
    public List<String> confirmed() {
        return List.copyOf(confirmed);
    }

    private static Notification written(String topicArn, String message, Instant at) {
        return new Notification(UUID.randomUUID().toString(), topicArn, message, at, Map.of());
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] answer = {};
        if (exchange.getRequestURI().getPath().equals(signer.path())) {
            answer = signer.pem().getBytes(StandardCharsets.US_ASCII);
        } else {
            confirmed.add(exchange.getRequestURI().getQuery());
        }
        exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
