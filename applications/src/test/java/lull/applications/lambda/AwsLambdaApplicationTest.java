package lull.applications.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import lull.applications.turns.Answer;
import lull.applications.turns.AnswerReader;
import lull.applications.turns.Application.Given;
import lull.applications.turns.TestTurns;
import lull.contract.json.Json;
import lull.contract.reply.ReplyContent;
import lull.contract.turn.Turn;
import lull.lanes.Outcome;
import lull.runtime.aws.AwsClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The real SDK against a server that speaks Lambda's protocol.
final class AwsLambdaApplicationTest {

    private static final String ID = "turn_0123456789abcdef";
    private static final Turn TURN = TestTurns.text(7, "bot", "Hello");

    private final AwsClients aws =
            new AwsClients(AwsClients.Options.once(true, Duration.ofMinutes(1), Duration.ofMinutes(3)));
    private HttpServer server;
    private volatile int status = 200;
    private volatile String code = "";
    private volatile String functionError = "";
    private volatile String payload = "";
    private volatile String path = "";
    private volatile String invocationType = "";
    private volatile byte[] event = {};

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        aws.close();
        server.stop(0);
    }

    @Test
    void invokesTheFunctionWithTheTurnAndReadsWhatItReturns() throws Exception {
        payload = "{\"replies\":[{\"type\":\"text\",\"text\":{\"body\":\"Hi\"}}]}";

        Given given = give("bot:live", true);

        assertThat(((Given.Taken) given).answer().replies())
                .extracting(Answer.Said::content)
                .containsExactly(new ReplyContent.Text("Hi", null, null));
        assertThat(path).isEqualTo("/2015-03-31/functions/bot%3Alive/invocations");
        assertThat(invocationType).isEqualTo("RequestResponse");
        JsonNode sent = Json.tree(event);
        assertThat(sent.at("/data/id").asText()).isEqualTo(ID);
        assertThat(sent.at("/data/text").asText()).isEqualTo("Hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", " null\n", "{}"})
    void aFunctionMayReturnNothing(String returned) {
        payload = returned;

        assertThat(give("bot", true)).isEqualTo(new Given.Taken(Answer.NONE));
    }

    @Test
    void doesNotWaitForAFunctionThatAnswersLater() {
        status = 202;

        assertThat(give("arn:aws:lambda:eu-central-1:123456789012:function:bot", false))
                .isEqualTo(new Given.Taken(Answer.NONE));
        assertThat(invocationType).isEqualTo("Event");
    }

    @Test
    void aFailedFunctionIsCalledAgainAndItsMessageIsNotTold() {
        functionError = "Unhandled";
        payload = "{\"errorMessage\":\"Hello is no number\",\"errorType\":\"ValueError\",\"stackTrace\":[]}";

        assertThat(give("bot", true))
                .isEqualTo(new Given.Failed(Outcome.retry("The function of destination bot has failed: ValueError")));
    }

    @ParameterizedTest
    @CsvSource({
        "429, TooManyRequestsException, Retry",
        "500, ServiceException, Retry",
        "502, EC2ThrottledException, Retry",
        "502, SubnetIPAddressLimitReachedException, Retry",
        "502, ResourceNotReadyException, Retry",
        "409, ResourceConflictException, Retry",
        "404, ResourceNotFoundException, Pause",
        "403, AccessDeniedException, Pause",
        "403, InvalidSignatureException, Pause",
        "400, ExpiredTokenException, Pause",
        "400, InvalidParameterValueException, Pause",
        "400, RecursiveInvocationException, Pause",
        "502, KMSAccessDeniedException, Pause",
        "502, InvalidRuntimeException, Pause",
        "400, InvalidRequestContentException, Reject",
        "413, RequestTooLargeException, Reject",
        "415, UnsupportedMediaTypeException, Reject",
    })
    void whatFollowsFromARefusalIsWhatHelps(int answered, String error, String outcome) {
        status = answered;
        code = error;

        Outcome.Failure failure = ((Given.Failed) give("bot", true)).failure();

        assertThat(failure.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(failure.toString()).contains("Lambda answers " + answered, error);
    }

    @Test
    void isCalledAgainIfLambdaDoesNotAnswer() {
        server.stop(0);

        assertThat(((Given.Failed) give("bot", true)).failure())
                .isInstanceOfSatisfying(
                        Outcome.Retry.class,
                        retry -> assertThat(retry.reason()).startsWith("Destination bot: Lambda does not answer: "));
    }

    private Given give(String function, boolean isAwaited) {
        return new AwsLambdaApplication(
                        "bot",
                        new AwsLambdaApplication.Options(function, isAwaited, 10_000, new AnswerReader(10)),
                        aws,
                        "eu-central-1",
                        Optional.of(URI.create(
                                "http://localhost:" + server.getAddress().getPort())))
                .give(ID, TURN, TestTurns.FRESH);
    }

    private void answer(HttpExchange exchange) throws IOException {
        path = exchange.getRequestURI().getRawPath();
        invocationType = exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type");
        event = exchange.getRequestBody().readAllBytes();
        if (!functionError.isEmpty()) {
            exchange.getResponseHeaders().add("X-Amz-Function-Error", functionError);
        }
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
