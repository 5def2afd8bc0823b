package lull.whatsapp.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.reply.ReplyContent;
import lull.whatsapp.CallbackData;
import lull.whatsapp.ErrorScope;
import lull.whatsapp.ReplySender.Delivery;
import lull.whatsapp.ReplySender.ReplyPart;
import lull.whatsapp.WhatsAppError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The sender against a scripted HTTP server.
final class ProviderSenderTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private record Request(String path, List<String> keys, List<String> tokens, String body) {}

    private record Scripted(int status, Map<String, String> headers, String body) {}

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<Scripted> answers = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void postsTheTemplateToTheAddressWithTheHeaders() throws Exception {
        answers.add(new Scripted(200, Map.of(), "{\"zaapId\":\"1\",\"messageId\":\"D241\",\"id\":\"D241\"}"));

        assertThat(send(LONG)).isEqualTo(new Delivery.Accepted("D241"));
        assertThat(requests.take())
                .isEqualTo(new Request(
                        "/instances/i/token/t/send-text",
                        List.of("r1/0"),
                        List.of("s=cret"),
                        "{\"phone\":\"15550001111\",\"message\":\"Hi\"}"));
        assertThat(registry.get("lull.bridge.provider.calls")
                        .tags("app", "shop", "result", "ok")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatWasAcceptedWithoutAnIdIsNotSentAgain() throws Exception {
        answers.add(new Scripted(201, Map.of(), "queued"));

        assertThat(send(LONG)).isEqualTo(new Delivery.Accepted(""));
    }

    @ParameterizedTest
    @CsvSource({
        "400, Refused",
        "413, Refused",
        "415, Refused",
        "422, Refused",
        "401, Misconfigured",
        "403, Misconfigured",
        "404, Misconfigured",
        "405, Misconfigured",
        "410, Misconfigured",
        "302, Misconfigured",
        "409, Transient",
        "425, Transient",
        "429, Transient",
        "408, Unclear",
        "500, Unclear",
        "502, Unclear",
        "503, Unclear",
        "504, Unclear"
    })
    void theStatusSaysWhatBecomesOfTheReply(int status, String error) throws Exception {
        answers.add(new Scripted(status, Map.of("Location", "http://127.0.0.1:1/"), "{}"));

        Delivery delivery = send(LONG);

        assertThat(delivery.getClass().getSimpleName()).isEqualTo(error);
        assertThat(delivery.toString()).contains("The provider of app shop answered " + status);
        if (delivery instanceof WhatsAppError.Misconfigured(ErrorScope scope, String _)) {
            assertThat(scope).isEqualTo(new ErrorScope.BusinessNumber("100"));
        }
        if (delivery instanceof WhatsAppError.Unclear(boolean answered, String _)) {
            assertThat(answered).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "0, 1", "99999, 300", "-1, 1", "'Wed, 21 Oct 2026 07:28:00 GMT', 1"})
    void waitsAsLongAsTheProviderAsksWithinLimits(String retryAfter, int seconds) throws Exception {
        answers.add(new Scripted(429, Map.of("Retry-After", retryAfter), ""));

        assertThat(send(LONG))
                .isEqualTo(new WhatsAppError.Transient(
                        Duration.ofSeconds(seconds), "The provider of app shop answered 429"));
    }

    @Test
    void anAnswerThatDoesNotComeIsADoubt() throws Exception {
        assertThat(send(Duration.ofMillis(300)))
                .isInstanceOf(WhatsAppError.Unclear.class)
                .satisfies(error ->
                        assertThat(((WhatsAppError.Unclear) error).answered()).isFalse());
        assertThat(requests).hasSize(1);
    }

    @Test
    void whereNobodyListensNothingWasSent() throws Exception {
        server.stop(0);

        assertThat(send(LONG)).isInstanceOf(WhatsAppError.Transient.class);
    }

    @Test
    void ofAHugeAnswerOnlyTheStatusCounts() throws Exception {
        answers.add(new Scripted(200, Map.of(), " ".repeat(300 * 1024)));
        answers.add(new Scripted(500, Map.of(), " ".repeat(300 * 1024)));

        assertThat(send(LONG)).isInstanceOf(Delivery.Accepted.class);
        assertThat(send(LONG)).isInstanceOf(WhatsAppError.Unclear.class);
    }

    @Test
    void aRefusalSaysWhetherTheNumberIsOnWhatsApp() throws Exception {
        answers.add(
                new Scripted(
                        400,
                        Map.of(),
                        "{\"response\":{\"message\":[{\"jid\":\"1555@s.whatsapp.net\",\"exists\":false,\"number\":\"1555\"}]}}"));
        answers.add(new Scripted(400, Map.of(), "{\"message\":\"1555 is odd\"}"));
        answers.add(new Scripted(400, Map.of(), "{\"exists\":\"no\"}"));

        assertThat(send(LONG))
                .isEqualTo(new WhatsAppError.Refused(
                        400, "The provider of app shop answered 400: the customer's number is not on WhatsApp"));
        for (int other = 0; other < 2; other++) {
            assertThat(send(LONG)).isEqualTo(new WhatsAppError.Refused(400, "The provider of app shop answered 400"));
        }
    }

    @Test
    void withoutAnAddressItsNumberIsPaused() throws Exception {
        Provider provider = new Provider("shop", template(), Optional::empty, Map::of);
        try (ProviderSender sender =
                new ProviderSender(Map.of("100", provider), LONG, LONG, new ProviderMetrics(registry))) {
            assertThat(sender.send(part())).isInstanceOf(WhatsAppError.Misconfigured.class);
        }
        assertThat(requests).isEmpty();
    }

    @Test
    void whatTheTemplateCannotExpressIsNotPosted() throws Exception {
        ReplyPart part = part().with(new ReplyContent.Template("hello", "en", null, null));
        try (ProviderSender sender = sender(LONG)) {
            assertThat(sender.send(part)).isInstanceOf(WhatsAppError.Refused.class);
            assertThat(sender.reportsStatus("100")).isFalse();
        }
        assertThat(requests).isEmpty();
    }

    private Delivery send(Duration timeout) throws Exception {
        try (ProviderSender sender = sender(timeout)) {
            return sender.send(part());
        }
    }

    private ProviderSender sender(Duration timeout) throws IOException {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/instances/i/token/t/{method}";
        Provider provider =
                new Provider("shop", template(), () -> Optional.of(url), () -> Map.of("Client-Token", "s=cret"));
        return new ProviderSender(Map.of("100", provider), LONG, timeout, new ProviderMetrics(registry));
    }

    private static ProviderTemplate template() throws IOException {
        return ProviderTemplate.parse(ProviderSettings.own("z-api"));
    }

    private static ReplyPart part() {
        return new ReplyPart(
                new Customer(null, "15550001111", null),
                new ReplyContent.Text("Hi"),
                null,
                new CallbackData("r1", 0, new ConversationKey("100", "15550001111")));
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(new Request(
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getOrDefault("Idempotency-Key", List.of()),
                exchange.getRequestHeaders().getOrDefault("Client-Token", List.of()),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        try {
            Scripted answer = answers.take();
            answer.headers().forEach(exchange.getResponseHeaders()::add);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }
}
