package lull.applications.assistant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lull.applications.turns.TestTurns;
import lull.contract.application.Exchange;
import lull.contract.application.TurnHandled;
import lull.contract.turn.Turn;
import lull.runtime.http.BoundedHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArchivedHistoryTest {

    /// Ten seconds after the last message of the turns of these tests.
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:12Z");

    private static final Turn TURN = TestTurns.text(9, "helper", "And now?");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final BoundedHttpClient client = new BoundedHttpClient(Duration.ofSeconds(5));
    private final List<String> questions = new ArrayList<>();
    private HttpServer archive;
    private int status = 200;
    private String answer = "{'items':[]}";

    @BeforeEach
    void start() throws IOException {
        archive = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        archive.createContext("/", exchange -> {
            questions.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = answer.replace('\'', '"').getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        archive.start();
    }

    @AfterEach
    void stop() {
        client.close();
        archive.stop(0);
    }

    @Test
    void hasWhatAgentsWroteAndWhoWroteIt() throws Exception {
        answer = newestFirst(
                out("app-2", 9, "CUSTOM_BOT", "text", "Please rate us"),
                out("r-1", 8, "AGENT", "text", "I have cancelled order 17"),
                in("w-4", 7, "text", "Hello?"),
                in("w-3", 6, "text", "Cancel order 17"),
                out("app-1", 5, "helper", "text", "We open at nine"),
                in("w-1", 1, "image", "our door"));

        assertThat(told(history(10).before(TURN, List.of())))
                .containsExactly(
                        "customer: [image] our door",
                        "assistant: We open at nine",
                        "customer: Cancel order 17\nHello?",
                        "agent: I have cancelled order 17",
                        "business: Please rate us");
        assertThat(questions)
                .containsExactly("/messages?limit=100&conversation=100000000000001%7C15550001001 Bearer token");
        assertThat(count("archive")).isOne();
    }

    @Test
    void hasNeitherTheTurnNorWhatFollowsNorWhatSaysNothing() throws Exception {
        answer = newestFirst(
                in("w-later", 13, "text", "One more thing"),
                in("wamid.9", 10, "text", "And now?"),
                in("w-3", 9, "reaction", "👍"),
                in("w-2", 8, "text", "  "),
                in("w-1", 7, "text", "Hello"),
                "{'id':'w-0','direction':'in','kind':'text','text':'odd','at':'yesterday'}",
                "{'id':'w-0','direction':'in','kind':'text','text':'old','at':'2026-02-01T10:00:00Z'}");

        assertThat(told(history(10).before(TURN, List.of()))).containsExactly("customer: Hello");
    }

    @ParameterizedTest
    @CsvSource({
        "1,'customer: Two|assistant: Second'",
        "2,'customer: One|assistant: First|customer: Two|assistant: Second'"
    })
    void hasTheLastExchanges(int most, String expected) throws Exception {
        answer = newestFirst(
                out("app-2", 4, "helper", "text", "Second"),
                in("w-2", 3, "text", "Two"),
                out("app-1", 2, "helper", "text", "First"),
                in("w-1", 1, "text", "One"));

        assertThat(told(history(most).before(TURN, List.of()))).containsExactly(expected.split("\\|"));
    }

    @Test
    void addsTheLastAnswerIfTheArchiveDoesNotHaveItYet() throws Exception {
        List<TurnHandled> known = List.of(spoken(1, "One", "First"), spoken(2, "Two\nThree", "Second"));
        answer = newestFirst(
                in("w-3", 6, "text", "Three"),
                in("w-2", 5, "text", "Two"),
                out("r-1", 4, "AGENT", "text", "From a person"),
                out("app-1", 2, "helper", "text", "First"),
                in("w-1", 1, "text", "One"));

        assertThat(told(history(10).before(TURN, known)))
                .containsExactly(
                        "customer: One",
                        "assistant: First",
                        "agent: From a person",
                        "customer: Two\nThree",
                        "assistant: Second");
    }

    @Test
    void addsNothingThatTheArchiveHas() throws Exception {
        answer = newestFirst(
                in("w-3", 6, "text", "Three"), out("app-1", 2, "helper", "text", "First"), in("w-1", 1, "text", "One"));

        assertThat(told(history(10).before(TURN, List.of(spoken(1, "One", "First"), spoken(2, "Three")))))
                .as("the last one has no answer, as it was overtaken")
                .containsExactly("customer: One", "assistant: First", "customer: Three");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"503 | {}", "401 | {}", "200 | no JSON"})
    void withoutTheArchiveItHasWhatTheAssistantSaid(int code, String body) throws Exception {
        status = code;
        answer = body;

        assertThat(told(history(10).before(TURN, List.of(spoken(1, "One", "First")))))
                .containsExactly("customer: One", "assistant: First");
        assertThat(count("results")).isOne();
    }

    @Test
    void asksNothingIfNoHistoryIsWanted() throws Exception {
        assertThat(history(0).before(TURN, List.of(spoken(1, "One", "First")))).isEmpty();
        assertThat(questions).isEmpty();
    }

    private ArchivedHistory history(int most) {
        URI url = URI.create("http://127.0.0.1:" + archive.getAddress().getPort());
        return new ArchivedHistory(
                new ArchivedHistory.Options(url, "token", Duration.ofSeconds(30), "helper", most),
                client,
                new AssistantMetrics(registry, "helper"));
    }

    private double count(String source) {
        return registry.get("lull.assistant.histories")
                .tag("source", source)
                .counter()
                .count();
    }

    private static List<String> told(List<Past> history) {
        return history.stream().map(past -> past.from() + ": " + past.text()).toList();
    }

    private static String newestFirst(String... items) {
        return "{'items':[" + String.join(",", items) + "],'next':'more'}";
    }

    private static String in(String id, int second, String kind, String text) {
        return message(id, second, "in", "15550001001", kind, text);
    }

    private static String out(String id, int second, String sender, String kind, String text) {
        return message(id, second, "out", sender, kind, text);
    }

    private static String message(String id, int second, String direction, String sender, String kind, String text) {
        return "{'id':'%s','direction':'%s','sender':'%s','kind':'%s','text':'%s','at':'%s'}"
                .formatted(id, direction, sender, kind, text, NOW.minusSeconds(20L - second));
    }

    private static TurnHandled spoken(int number, String customer, String... replies) {
        return new TurnHandled.Spoken(
                "t-" + number,
                "helper",
                TURN.conversation(),
                new Exchange(customer, List.of(replies)),
                NOW.minusSeconds(11));
    }
}
