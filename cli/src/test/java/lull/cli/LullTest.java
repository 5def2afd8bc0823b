package lull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

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
        assertThat(err.toString()).contains("Nobody listens at http://localhost:1/webhooks/whatsapp");
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

    private static void collect(CommandLine command, List<String> path, List<List<String>> found) {
        command.getSubcommands().forEach((name, child) -> {
            List<String> its = new ArrayList<>(path);
            its.add(name);
            found.add(its);
            collect(child, its, found);
        });
    }
}
