package lull.applications.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import lull.applications.turns.Answer;
import lull.applications.turns.AnswerReader;
import lull.applications.turns.Application.Given;
import lull.applications.turns.TestTurns;
import lull.contract.json.Json;
import lull.contract.reply.ReplyContent;
import lull.contract.turn.Turn;
import lull.lanes.Outcome;
import lull.lanes.PauseScope;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.http.WebhookSecrets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpApplicationTest {

    private static final String SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
    private static final String ANOTHER_SECRET = "whsec_YAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
    private static final String ID = "turn_0123456789abcdef";
    private final Instant now = Instant.now();
    private static final Turn TURN = TestTurns.text(7, "echo", "Hello\nHow are you? 👋");
    private static final int MAX_ANSWER = 10_000;

    private final List<HttpExchange> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<byte[]> bodies = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BoundedHttpClient client = new BoundedHttpClient(Duration.ofSeconds(30));
    private HttpServer server;
    private volatile int status = 200;
    private volatile String answer = "";
    private volatile String retryAfter = "";
    private volatile boolean hangs;
    private volatile String secret = SECRET;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        closing.countDown();
        server.stop(0);
        threads.close();
        client.close();
    }

    @Test
    void givesATurnAsJsonThatTheReferenceLibraryAccepts() throws Exception {
        assertThat(give()).isEqualTo(new Given.Taken(Answer.NONE));

        HttpExchange request = requests.getFirst();
        assertThat(request.getRequestMethod()).isEqualTo("POST");
        assertThat(request.getRequestHeaders().getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(request.getRequestHeaders().getFirst("webhook-id")).isEqualTo(ID);
        String body = new String(bodies.getFirst(), UTF_8);
        HttpHeaders headers = HttpHeaders.of(request.getRequestHeaders(), (_, _) -> true);
        assertThatCode(() -> new Webhook(SECRET).verify(body, headers)).doesNotThrowAnyException();
        JsonNode event = Json.tree(bodies.getFirst());
        assertThat(event.path("type").asText()).isEqualTo("turn.closed");
        assertThat(event.at("/data/text").asText()).isEqualTo("Hello\nHow are you? 👋");
        assertThat(event.at("/data/customer/phone").asText()).isEqualTo("15550001001");
        assertThat(event.at("/data/items/0/messages/0/id").asText()).isEqualTo("wamid.7");
    }

    @Test
    void signsEachTurnByTheSecretOfThatMoment() throws Exception {
        HttpApplication application =
                new HttpApplication("echo", options(url(), Duration.ofMinutes(3), 1_000_000), client, () -> now);
        application.give(ID, TURN, TestTurns.FRESH);
        secret = ANOTHER_SECRET;
        application.give(ID, TURN, TestTurns.FRESH);

        assertThat(isSigned(0, SECRET)).isTrue();
        assertThat(isSigned(1, SECRET)).isFalse();
        assertThat(isSigned(1, ANOTHER_SECRET)).isTrue();
    }

    @Test
    void readsTheRepliesInTheAnswer() throws InterruptedException {
        answer = "{\"replies\":[{\"type\":\"text\",\"text\":{\"body\":\"Hi\"}}]}";

        assertThat(give())
                .isEqualTo(new Given.Taken(new Answer(
                        List.of(new Answer.Said(new ReplyContent.Text("Hi", null, null), null)), null, List.of())));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void everyAnswerFrom200To299MeansThatTheApplicationHasTheTurn(int given) throws InterruptedException {
        status = given;

        assertThat(give()).isEqualTo(new Given.Taken(Answer.NONE));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
    void isCalledAgainAfterAFaultOfTheMoment(int given) throws InterruptedException {
        status = given;

        assertThat(give()).isEqualTo(failed(Outcome.retry("Destination echo answers " + given)));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 415, 422})
    void refusesThisTurn(int given) throws InterruptedException {
        status = given;

        assertThat(give()).isEqualTo(failed(new Outcome.Reject("Destination echo answers " + given)));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 401, 403, 404, 405, 451})
    void pausesTheDestinationWhereAnOperatorMustHelp(int given) throws InterruptedException {
        status = given;

        assertThat(give()).isEqualTo(paused("Destination echo answers " + given));
    }

    @Test
    void pausesAnApplicationThatIsGone() throws InterruptedException {
        status = 410;

        assertThat(give()).isEqualTo(paused("Destination echo answers 410: it wants no more turns"));
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "0, 0", "100000, 300", "-5, 0", "soon, 0", "99999999999999999999, 0"})
    void waitsAsLongAsTheApplicationAsksButNotForever(String header, long seconds) throws InterruptedException {
        status = 503;
        retryAfter = header;

        assertThat(give())
                .isEqualTo(failed(new Outcome.Retry(Duration.ofSeconds(seconds), "Destination echo answers 503")));
    }

    @Test
    void waitsUntilTheDateThatTheApplicationNames() throws InterruptedException {
        status = 429;
        retryAfter = java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
                now.plusSeconds(60).atZone(java.time.ZoneOffset.UTC));

        assertThat(give())
                .satisfies(given -> assertThat(((Outcome.Retry) ((Given.Failed) given).failure()).atLeast())
                        .isBetween(Duration.ofSeconds(59), Duration.ofSeconds(60)));
    }

    @Test
    void isCalledAgainIfItDoesNotAnswerInTime() throws InterruptedException {
        hangs = true;

        assertThat(give(Duration.ofMillis(200), 1_000_000))
                .isEqualTo(failed(Outcome.retry("Destination echo did not answer within 200 ms")));
    }

    @Test
    void isCalledAgainIfNobodyListens() throws InterruptedException {
        URI url = url();
        server.stop(0);

        assertThat(give(url, Duration.ofSeconds(30), 1_000_000))
                .isEqualTo(failed(Outcome.retry("Destination echo cannot be reached: ConnectException")));
    }

    @Test
    void pausesTheDestinationIfItCannotBeCalledSecurely() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> {
                try (Socket connection = plain.accept()) {
                    // Closing a connection with unread bytes would reset it.
                    connection.getInputStream().readNBytes(1);
                    connection.getInputStream().skip(connection.getInputStream().available());
                    connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            URI secure = URI.create("https://localhost:" + plain.getLocalPort() + "/turns");

            assertThat(give(secure, Duration.ofMinutes(3), 1_000_000))
                    .satisfies(given -> assertThat(((Given.Failed) given).failure())
                            .isInstanceOfSatisfying(
                                    Outcome.Pause.class,
                                    pause -> assertThat(pause.reason())
                                            .startsWith("Destination echo cannot be called securely: ")));
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsNotReadButTheTurnIsTaken() throws InterruptedException {
        answer = "{\"replies\":[]," + " ".repeat(MAX_ANSWER) + "}";

        assertThat(give()).isEqualTo(new Given.Taken(Answer.unreadable(List.of("The body has more than 10000 bytes"))));
    }

    @Test
    void doesNotSendATurnThatIsTooLarge() throws InterruptedException {
        assertThat(give(Duration.ofSeconds(30), 100))
                .satisfies(given -> assertThat(((Given.Failed) given).failure()).isInstanceOf(Outcome.Reject.class));
        assertThat(requests).isEmpty();
    }

    private Given give() throws InterruptedException {
        return give(Duration.ofMinutes(3), 1_000_000);
    }

    private Given give(Duration timeout, int maxBytes) throws InterruptedException {
        return give(url(), timeout, maxBytes);
    }

    private Given give(URI url, Duration timeout, int maxBytes) throws InterruptedException {
        return new HttpApplication("echo", options(url, timeout, maxBytes), client, () -> now)
                .give(ID, TURN, TestTurns.FRESH);
    }

    private boolean isSigned(int request, String by) {
        try {
            new Webhook(by)
                    .verify(
                            new String(bodies.get(request), UTF_8),
                            HttpHeaders.of(requests.get(request).getRequestHeaders(), (_, _) -> true));
            return true;
        } catch (WebhookVerificationException e) {
            return false;
        }
    }

    private HttpApplication.Options options(URI url, Duration timeout, int maxBytes) {
        return new HttpApplication.Options(
                url, () -> WebhookSecrets.of(List.of(secret)), timeout, maxBytes, MAX_ANSWER, new AnswerReader(10));
    }

    private URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/turns");
    }

    private static Given failed(Outcome.Failure failure) {
        return new Given.Failed(failure);
    }

    private static Given paused(String reason) {
        return failed(new Outcome.Pause(new PauseScope("destination", "echo"), reason));
    }

    private void answer(HttpExchange exchange) throws IOException {
        bodies.add(exchange.getRequestBody().readAllBytes());
        requests.add(exchange);
        if (hangs) {
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (!retryAfter.isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", retryAfter);
        }
        byte[] body = answer.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
