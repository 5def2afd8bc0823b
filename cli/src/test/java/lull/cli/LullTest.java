package lull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import lull.runtime.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

final class LullTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine lull =
            Lull.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @Test
    void tellsOfEveryCommandAndHelpsWithEach() {
        List<List<String>> commands = new ArrayList<>();
        collect(lull, List.of(), commands);

        assertThat(commands)
                .contains(
                        List.of("ingress"),
                        List.of("aggregator"),
                        List.of("bridge"),
                        List.of("topics", "create"),
                        List.of("topics", "check"),
                        List.of("send"));
        for (List<String> command : commands) {
            List<String> arguments = new ArrayList<>(command);
            arguments.add("--help");
            assertThat(lull.execute(arguments.toArray(String[]::new))).isZero();
            assertThat(out.toString()).contains("Usage: lull " + String.join(" ", command));
        }
    }

    @Test
    void refusesToSendNothing() {
        assertThat(lull.execute("send")).isEqualTo(2);
        assertThat(err.toString()).contains("Give a text to send, or --file");
    }

    @Test
    void namesTheOptionThatIsWrong() {
        assertThat(lull.execute("send", "--pause", "soon", "Hello")).isEqualTo(2);
        assertThat(err.toString()).contains("--pause must be a span of time");
    }

    @Test
    void tellsWhenNobodyListens() {
        assertThat(lull.execute("send", "--url", "http://localhost:1/webhooks/whatsapp", "Hello"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("Nothing listens at http://localhost:1/webhooks/whatsapp");
    }

    @Test
    void showsOfAFailureThatNobodyExpectedWhereItIsAndNotWhatItQuotes() {
        fails(new IllegalArgumentException("Illegal character in: SECRET", new IOException("what Ann wrote")));

        assertThat(lull.execute("broken")).isEqualTo(1);
        assertThat(err.toString())
                .hasLineCount(1)
                .startsWith("The command failed unexpectedly: IllegalArgumentException at lull.cli.LullTest.")
                .contains(", caused by IOException at lull.cli.LullTest.")
                .doesNotContain("SECRET", "Ann");
    }

    @Test
    void showsOfAFailureThatCanBeRemovedItsWords() {
        fails(new CannotStart("The file is not there: make it"));

        assertThat(lull.execute("broken")).isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo("The file is not there: make it");
    }

    /// `lull send` to something that closes each connection.
    @Test
    void tellsWhenNoAnswerComes() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread _ = Thread.ofVirtual().start(() -> closeEach(silent));
            String url = "http://localhost:" + silent.getLocalPort();

            assertThat(lull.execute("send", "--url", url, "Hello")).isEqualTo(1);
            assertThat(lull.execute("gap", "show", "--url", url)).isEqualTo(1);
            assertThat(err.toString())
                    .contains("The answer of " + url + "/webhooks/whatsapp did not arrive, or is none of an ingress")
                    .contains("The answer of " + url + " did not arrive, or is none of an aggregator")
                    .hasLineCount(2);
        }
    }

    private static void closeEach(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                server.accept().close();
            } catch (IOException e) {
                return;
            }
        }
    }

    /// Adds a command that fails.
    private void fails(RuntimeException failure) {
        lull.addSubcommand("broken", new Broken(failure));
        lull.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    }

    /// A command that fails.
    @Command(name = "broken")
    private record Broken(RuntimeException failure) implements Callable<Integer> {

        @Override
        public Integer call() {
            throw failure;
        }
    }

    @Test
    void printsTheIdsOfTheMessagesThatItHasSent() throws IOException {
        List<String> bodies = new CopyOnWriteArrayList<>();
        HttpServer ingress = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ingress.createContext("/webhooks/whatsapp", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        ingress.start();
        try {
            String url = "localhost:" + ingress.getAddress().getPort();

            assertThat(lull.execute("send", "--url", url, "--pause", "0ms", "Hello", "you"))
                    .isZero();
        } finally {
            ingress.stop(0);
        }
        assertThat(out.toString().lines()).hasSize(2).allMatch(line -> line.matches("200 wamid\\.TEST[0-9a-f]{32}"));
        assertThat(out.toString().lines().map(line -> line.substring(4)).toList())
                .zipSatisfy(bodies, (id, body) -> assertThat(body).contains('"' + id + '"'));
    }

    @Test
    void sendsToTheAppThatIsNamed() throws IOException {
        List<String> queries = new CopyOnWriteArrayList<>();
        HttpServer ingress = serve("/webhooks/whatsapp", exchange -> {
            queries.add(exchange.getRequestURI().getRawQuery());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        try {
            String url = "localhost:" + ingress.getAddress().getPort();

            assertThat(lull.execute("send", "--url", url, "--app", "echo", "Hello"))
                    .isZero();
        } finally {
            ingress.stop(0);
        }
        assertThat(queries).containsExactly("appId=echo");
    }

    @Test
    void refusesToSendToAnAppThatCannotBeNamed() {
        assertThat(lull.execute("send", "--app", "My app", "Hello")).isEqualTo(2);
        assertThat(err.toString()).contains("--app must be a name of lower-case letters, digits and hyphens");
    }

    @Test
    void refusesToChooseBetweenTwoApps() {
        assertThat(lull.execute("send", "--url", "http://localhost/webhooks/whatsapp?appId=a", "--app", "b", "Hello"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--app cannot be used when --url has a query");
    }

    @Test
    void saysThatAnIngressDoesNotAnswerInTime() throws IOException {
        CountDownLatch done = new CountDownLatch(1);
        HttpServer ingress = serve("/webhooks/whatsapp", exchange -> {
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        String url = "http://localhost:" + ingress.getAddress().getPort() + "/webhooks/whatsapp";
        try {
            assertThat(lull.execute("send", "--url", url, "--timeout", "200ms", "Hello"))
                    .isEqualTo(1);
        } finally {
            done.countDown();
            ingress.stop(0);
        }
        assertThat(err.toString().strip())
                .isEqualTo("The ingress at " + url + " has not answered within 200ms: see its /readyz, and send again");
    }

    @Test
    void failsIfTheIngressRefusesAndShowsWhy() throws IOException {
        HttpServer ingress = serve(
                "/webhooks/whatsapp", exchange -> answer(exchange, 503, "{\"error\":\"The broker does not answer\"}"));
        try {
            assertThat(lull.execute(
                            "send", "--url", "localhost:" + ingress.getAddress().getPort(), "Hello"))
                    .isEqualTo(1);
        } finally {
            ingress.stop(0);
        }
        assertThat(out.toString()).startsWith("503 wamid.TEST").contains("The broker does not answer");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"error":"Nothing was changed: no broker answers at b:9092"}                      | Nothing was changed: no broker answers at b:9092
                    {"error":"Partition 3 does not have it; ask again","change":{"partitions":[0,1,2]}} | Partition 3 does not have it; ask again
                    <html>gateway</html>                                                              | The aggregator answered 503
                    """)
    void saysWhyAGapIsNotSet(String body, String words) throws IOException {
        HttpServer aggregator = serve("/gaps/", exchange -> answer(exchange, 503, body));
        try {
            String url = "localhost:" + aggregator.getAddress().getPort();

            assertThat(lull.execute("gap", "set", "whatsapp.message.received", "8s", "--url", url))
                    .isEqualTo(1);
        } finally {
            aggregator.stop(0);
        }
        assertThat(err.toString().strip()).isEqualTo(words);
        assertThat(out.toString()).isEmpty();
    }

    private static HttpServer serve(String path, HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(path, handler);
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void collect(CommandLine command, List<String> path, List<List<String>> found) {
        command.getSubcommands().forEach((name, child) -> {
            List<String> its = new ArrayList<>(path);
            its.add(name);
            found.add(its);
            collect(child, its, found);
        });
    }
}
