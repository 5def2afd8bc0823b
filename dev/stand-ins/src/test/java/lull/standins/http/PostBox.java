package lull.standins.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// A tiny HTTP server that keeps what is posted to it and answers as it is told, else with 200.
public final class PostBox implements AutoCloseable {
    /// What was posted.
    public record Letter(Headers headers, String text) {
        public String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }

        boolean isHandshake() {
            return header("x-amz-sns-message-type").equals("SubscriptionConfirmation");
        }
    }

    private final HttpServer server;
    private final List<Letter> letters = new CopyOnWriteArrayList<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private volatile Consumer<Letter> onLetter = _ -> {};

    public PostBox() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        Letter letter = new Letter(
                exchange.getRequestHeaders(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        letters.add(letter);
        onLetter.accept(letter);
        Integer status = letter.isHandshake() ? null : answers.poll();
        exchange.sendResponseHeaders(status == null ? 200 : status, -1);
        exchange.close();
    }

    public void onLetter(Consumer<Letter> action) {
        onLetter = action;
    }

    /// Answers the next letters with these statuses; handshakes of SNS, which come when they like, get a 200.
    public void answerNext(int... statuses) {
        for (int status : statuses) {
            answers.add(status);
        }
    }

    public List<Letter> letters() {
        return List.copyOf(letters);
    }

    public URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/box");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
