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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `lull cost replies` calculates.
final class CostRepliesCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Instant begin = Instant.now().minus(Duration.ofDays(15));

    @Test
    void countsWhatEachGapWouldHaveSavedAndHowLongCustomersWouldHaveWaited() throws Exception {
        List<Map<String, Object>> messages = List.of(
                said(0, "text", "bo"), // the first words
                said(10, "text", "bo"),
                said(12, "text", "bo"),
                said(15, "text", "bo"),
                said(16, "image", "bo"),
                said(17, "text", "bo"),
                in(18),
                said(19, "text", "bo"),
                said(20, "text", "ana"),
                Map.of("at", begin.plusSeconds(20).toString(), "direction", "out", "kind", "text"),
                said(21, "text", "ana"));
        assertThat(replies(messages, "--gap", "2s,4s", "--json"))
                .as(err.toString())
                .isZero();

        JsonNode json = Json.tree(out.toString());
        assertThat(json.path("chats").asInt()).isEqualTo(1);
        assertThat(json.path("messages").asInt()).isEqualTo(9);
        assertThat(json.path("texts").asInt()).isEqualTo(8);
        JsonNode two = json.at("/gaps/0");
        assertThat(two.path("gapSeconds").asDouble()).isEqualTo(2);
        assertThat(two.path("saved").asInt()).as("10 and 12, 20 and 21").isEqualTo(2);
        JsonNode four = json.at("/gaps/1");
        assertThat(four.path("saved").asInt()).as("10, 12 and 15, 20 and 21").isEqualTo(3);
        assertThat(four.path("messages").asInt()).isEqualTo(6);
        assertThat(four.path("savedInMonth").asDouble()).isBetween(5.9, 6.1);
        assertThat(four.path("amountInMonth").asDouble())
                .isEqualTo(four.path("savedInMonth").asDouble()
                        * json.path("price").asDouble());
        // 10 until the image at 16, 17 until the customer at 18, 19 until the colleague at 20, 20 until 4 s after 21.
        assertThat(four.path("meanWaitSeconds").asDouble()).isEqualTo(3.65);
        assertThat(four.path("mostWaitSeconds").asDouble()).isEqualTo(6.4);
    }

    @Test
    void printsALineForEachGap() throws Exception {
        assertThat(replies(List.of(said(0, "text", "bo"), said(10, "text", "bo"), said(11, "text", "bo"))))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .contains("3 messages to customers in 1 chats of 15.0 days, of which 3 are texts")
                .containsPattern("(?m)^4s +2 +33\\.3 % +2 +0\\.11 +5\\.4 s +5\\.4 s$")
                .containsPattern("(?m)^10s ");
    }

    @ParameterizedTest
    @CsvSource({
        "--gap, soon, is not a time such as 4s or 7d",
        "--gap, 2m, --gap must be from 1ms to 1m",
        "--since, 1h, --since must be from 1d",
        "--max-texts, 1, --max-texts must be from 2 to 100",
        "--market, XX, --market 'XX' is not in the list of prices"
    })
    void saysWhatIsWrong(String option, String value, String problem) throws Exception {
        assertThat(replies(List.of(), option, value)).isEqualTo(2);

        assertThat(err.toString()).contains(problem);
    }

    private Map<String, Object> said(int second, String kind, String author) {
        String at = begin.plusSeconds(second).toString();
        return Map.of(
                "at",
                at,
                "direction",
                "out",
                "kind",
                kind,
                "inChat",
                Map.of("at", at, "chat", "c1", "author", author, "characters", 20));
    }

    private Map<String, Object> in(int second) {
        return Map.of("at", begin.plusSeconds(second).toString(), "direction", "in", "kind", "text", "text", "Hi");
    }

    private int replies(List<Map<String, Object>> messages, String... more) throws IOException {
        HttpServer archive = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] page = Json.bytes(Map.of(
                "items",
                List.of(Map.of("conversation", "00112233aabbccdd", "businessNumber", "n1", "messages", messages))));
        archive.createContext("/timelines", exchange -> {
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        archive.start();
        try {
            List<String> call = new ArrayList<>(List.of(
                    "cost",
                    "replies",
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
}
