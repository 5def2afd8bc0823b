package lull.applications;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lull.runtime.CheckResult;
import lull.runtime.CheckResult.State;
import lull.runtime.aws.AwsAccount;
import lull.runtime.aws.AwsAction;
import lull.runtime.aws.AwsClients;
import lull.runtime.settings.Settings;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The destinations as `bin/lull doctor` checks them, with servers that speak the protocols of an application, of AWS
/// Lambda and of Amazon SQS.
final class ApplicationCheckTest {

    private static final String SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

    private HttpServer server;
    private volatile int status = 200;
    private volatile String code = "";
    private volatile String payload = "";
    private volatile String asked = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anInstallationWithoutApplicationsHasNothingToCheck() throws Exception {
        assertThat(check(Map.of())).isEmpty();
        assertThat(check(Map.of("destinations", "bot"))).isEmpty();
    }

    @Test
    void aClosedApplicationIsNotAsked() throws Exception {
        Map<String, String> closed = new HashMap<>(http("http://localhost:1/turns"));
        closed.put("destination.bot.closed", "true");

        assertThat(check(closed)).singleElement().satisfies(found -> {
            assertThat(found.state()).isEqualTo(State.OK);
            assertThat(found.words()).isEqualTo("Destination bot gets no turns: destination.bot.closed is true");
        });
    }

    /// An application that only knows turns answers 404 or 405.
    @ParameterizedTest
    @CsvSource({"200, OK", "401, OK", "405, OK", "500, OK", "503, FAIL", "504, FAIL"})
    void anApplicationThatAnswersCanBeReachedAndGetsNoTurn(int answered, State expected) throws Exception {
        status = answered;

        assertThat(check(http(address() + "/turns"))).singleElement().satisfies(found -> {
            assertThat(found.state()).isEqualTo(expected);
            assertThat(found.words()).startsWith("bot at " + address() + "/turns answers");
        });
        assertThat(asked).isEqualTo("HEAD /turns");
    }

    @Test
    void saysWhatHelpsIfAnApplicationIsNotReached() throws Exception {
        String address = address();
        server.stop(0);

        assertThat(check(http(address)))
                .singleElement()
                .isEqualTo(CheckResult.wrong(
                        "application",
                        "bot at " + address
                                + " does not answer (ConnectException): start it, let this machine reach it, or correct"
                                + " destination.bot.url"));
        assertThat(check(http("https://bot.invalid/turns")))
                .singleElement()
                .satisfies(found -> assertThat(found.words())
                        .isEqualTo("bot at https://bot.invalid/turns cannot be reached, because its host is not known:"
                                + " correct destination.bot.url, or DNS"));
    }

    @Test
    void anApplicationWhoseTlsIsWrongCannotBeCalledSecurely() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            // Also serves others, who may still try to reach a server that had this port.
            Thread.ofVirtual().start(() -> {
                while (!plain.isClosed()) {
                    try {
                        Socket socket = plain.accept();
                        Thread.ofVirtual().start(() -> answerWithoutTls(socket));
                    } catch (IOException e) {
                        // The test has ended.
                    }
                }
            });

            assertThat(check(http("https://localhost:" + plain.getLocalPort())))
                    .singleElement()
                    .satisfies(found -> {
                        assertThat(found.state()).isEqualTo(State.FAIL);
                        assertThat(found.words()).contains("cannot be called securely");
                    });
        }
    }

    private static void answerWithoutTls(Socket socket) {
        try (socket) {
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
            // Closed only when the client has read it.
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The client has gone.
        }
    }

    @ParameterizedTest
    @CsvSource({"http, url", "lambda, function", "sqs, queue", "assistant, prompt"})
    void whatADestinationLacksIsNamed(String kind, String lacked) throws Exception {
        assertThat(check(Map.of("destinations", "bot", "destination.bot.kind", kind)))
                .containsExactly(CheckResult.wrong(
                        "application",
                        "destination.bot." + lacked + " is missing, which a destination of the kind " + kind
                                + " needs"));
    }

    @Test
    void anAssistantNeedsAKeyOfOpenAiAndOthersAreAskedForTheirHead() throws Exception {
        Map<String, String> assistant = new HashMap<>(Map.of(
                "destinations", "bot", "destination.bot.kind", "assistant", "destination.bot.prompt", "prompt.txt"));
        assertThat(check(assistant))
                .containsExactly(CheckResult.wrong(
                        "application",
                        "destination.bot.key is missing, which a destination of the kind assistant needs"));

        status = 404;
        String address = "http://localhost:" + server.getAddress().getPort() + "/v1";
        assistant.put("destination.bot.url", address);
        assertThat(check(assistant)).containsExactly(CheckResult.well("application", "bot at " + address + " answers"));
        assertThat(asked).isEqualTo("HEAD /v1");
    }

    @Test
    void aFunctionIsAskedForAndNotInvoked() throws Exception {
        payload = "{\"FunctionName\":\"bot\",\"State\":\"Inactive\"}";

        assertThat(check(lambda()))
                .containsExactly(
                        CheckResult.well("application", "The function bot:live of bot exists in eu-central-1"));
        assertThat(asked).isEqualTo("GET /2015-03-31/functions/bot%3Alive/configuration");
    }

    @Test
    void aFunctionThatCannotRunIsReported() throws Exception {
        payload = "{\"State\":\"Failed\",\"StateReasonCode\":\"InvalidSubnet\"}";

        assertThat(check(lambda()))
                .containsExactly(CheckResult.wrong(
                        "application",
                        "The function bot:live of bot is in the state Failed (InvalidSubnet): repair the function"));
    }

    @ParameterizedTest
    @CsvSource({
        "404, ResourceNotFoundException, FAIL, Correct destination.bot.function or its region",
        "403, InvalidSignatureException, FAIL, Lambda answers 403",
        "403, AccessDeniedException, UNKNOWN, Allow lambda:GetFunctionConfiguration"
    })
    void aFunctionThatIsRefusedSaysWhatHelps(int answered, String error, State expected, String words)
            throws Exception {
        status = answered;
        code = error;

        assertThat(check(lambda())).singleElement().satisfies(found -> {
            assertThat(found.state()).isEqualTo(expected);
            assertThat(found.words()).contains(words);
        });
    }

    @Test
    void aQueueExistsOrTheSettingIsNamed() throws Exception {
        SQSRestServer queues = SQSRestServerBuilder.withInterface("localhost")
                .withDynamicPort()
                .start();
        URI endpoint = URI.create(
                "http://localhost:" + queues.waitUntilStarted().localAddress().getPort());
        try (AwsClients aws =
                new AwsClients(AwsClients.Options.once(true, Duration.ofMinutes(1), Duration.ofMinutes(3)))) {
            String url = aws.create(SqsClient.builder(), "us-east-1", Optional.of(endpoint))
                    .createQueue(queue -> queue.queueName("turns"))
                    .queueUrl();

            assertThat(check(sqs(url, endpoint)))
                    .containsExactly(CheckResult.well("application", "The queue " + url + " exists; 0 messages wait"));
            assertThat(check(sqs(url + "-of-nobody", endpoint))).singleElement().satisfies(found -> {
                assertThat(found.state()).isEqualTo(State.FAIL);
                assertThat(found.words()).endsWith("correct destination.bot.queue");
            });
        } finally {
            queues.stopAndWait();
        }
    }

    @Test
    void mayAskForFunctionsAndQueuesAndUseNeither() {
        Map<String, String> given = new HashMap<>(lambda());
        given.put("destinations", "bot,crm");
        given.put("destination.crm.kind", "sqs");
        given.put("destination.crm.queue", "https://sqs.us-east-1.amazonaws.com/123456789012/turns");

        assertThat(ApplicationCheck.rights(settings(given), new AwsAccount("aws", "123456789012")))
                .allSatisfy(right -> assertThat(right.resources()).hasSize(1))
                .extracting(right -> right.actions())
                .containsExactly(Set.of(AwsAction.GET_FUNCTION_CONFIGURATION), Set.of(AwsAction.GET_QUEUE_ATTRIBUTES));
    }

    private String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private static Map<String, String> http(String url) {
        return Map.of(
                "destinations",
                "bot",
                "destination.bot.kind",
                "http",
                "destination.bot.url",
                url,
                "destination.bot.secrets",
                SECRET);
    }

    @Test
    void findsThatNothingWouldComeBackFromChatwoot() throws InterruptedException {
        assertThat(check(Map.of(
                        "destinations",
                        "bot",
                        "destination.bot.kind",
                        "chatwoot",
                        "destination.bot.url",
                        address(),
                        "destination.bot.inbox",
                        "abc",
                        "destination.bot.token",
                        "token")))
                .singleElement()
                .satisfies(found -> assertThat(found.words())
                        .contains("destination.bot.callback.secrets is missing", "does not reach customers"));
    }

    private Map<String, String> lambda() {
        return Map.of(
                "destinations",
                "bot",
                "destination.bot.kind",
                "lambda",
                "destination.bot.function",
                "bot:live",
                "destination.bot.region",
                "eu-central-1",
                "destination.bot.endpoint",
                address(),
                "connect.credentials",
                "placeholder");
    }

    private static Map<String, String> sqs(String url, URI endpoint) {
        return Map.of(
                "destinations",
                "bot",
                "destination.bot.kind",
                "sqs",
                "destination.bot.queue",
                url,
                "destination.bot.endpoint",
                endpoint.toString(),
                "connect.credentials",
                "placeholder");
    }

    private static List<CheckResult> check(Map<String, String> given) throws InterruptedException {
        return ApplicationCheck.of(settings(given));
    }

    private static Settings settings(Map<String, String> given) {
        return Settings.of(
                ApplicationSettings.all(
                        List.of(given.getOrDefault("destinations", "none").split(",", -1))),
                given);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked = exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
        exchange.getRequestBody().readAllBytes();
        String body = payload;
        if (!code.isEmpty()) {
            exchange.getResponseHeaders().add("x-amzn-ErrorType", code);
            body = "{\"Message\":\"That is how it is\",\"Type\":\"User\"}";
        }
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
