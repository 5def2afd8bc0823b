package lull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lull.contract.json.Json;
import org.junit.jupiter.api.Test;

/// What `lull gap advise` prints.
final class GapAdviseCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void warnsOfAMonthThatIsCalculatedFromMinutesAndMarksTheGapOfToday() throws Exception {
        assertThat(advise(Duration.ofMinutes(40), "--gap", "90s"))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .contains("100 conversations of the last 40 min")
                .contains("Calculated from 40 min: day and night are not in it")
                .containsPattern("(?m)^90s .* today$");
    }

    @Test
    void warnsInJsonToo() throws Exception {
        assertThat(advise(Duration.ofDays(3), "--json")).as(err.toString()).isZero();

        JsonNode advice = Json.tree(out.toString());
        assertThat(advice.path("warning").asText()).startsWith("Calculated from 3 days: the days of a week differ");
        assertThat(advice.path("rows")).isNotEmpty();
        assertThat(advice.path("period").asText()).startsWith("PT72H");
    }

    @Test
    void warnsOfNoWeek() throws Exception {
        assertThat(advise(Duration.ofDays(8))).isZero();

        assertThat(out.toString()).contains("of the last 8 days").doesNotContain("Calculated from");
    }

    /// Asks an archive whose first message is so old.
    private int advise(Duration age, String... more) throws IOException {
        HttpServer archive = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] page = Json.bytes(Map.of("items", items(Instant.now().minus(age))));
        archive.createContext("/timelines", exchange -> {
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        archive.start();
        try {
            List<String> call = new ArrayList<>(List.of(
                    "gap",
                    "advise",
                    "--url",
                    "localhost:" + archive.getAddress().getPort()));
            call.addAll(List.of(more));
            return Lull.commandLine()
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true))
                    .execute(call.toArray(String[]::new));
        } finally {
            archive.stop(0);
        }
    }

    private static List<Map<String, Object>> items(Instant begin) {
        List<Map<String, Object>> items = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            items.add(Map.of(
                    "conversation",
                    String.format("%016x", i * 0x9E37_79B9L),
                    "businessNumber",
                    "1",
                    "messages",
                    List.of(message(begin), message(begin.plusSeconds(4)))));
        }
        return items;
    }

    private static Map<String, Object> message(Instant at) {
        return Map.of("at", at.toString(), "direction", "in", "kind", "text", "text", "Hello.");
    }
}
