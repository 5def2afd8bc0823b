package lull.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import lull.connect.ConnectPort.ChatRequest;
import lull.connect.ConnectPort.Contact;
import lull.connect.ConnectPort.StartedChat;
import lull.connect.ParticipantPort.Accepted;
import lull.connect.ParticipantPort.Connection;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.aws.AwsClients;
import lull.runtime.aws.AwsIdentity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The real SDK against a scripted HTTP server.
final class AwsConnectTest {

    private record Request(
            String line, @Nullable String bearer, @Nullable String authorization, JsonNode body) {}

    private record Scripted(int status, @Nullable String errorType, String body) {}

    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:chats";

    private Scripted roles = new Scripted(
            200,
            null,
            "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId>"
                    + "<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>"
                    + "<Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult>"
                    + "</AssumeRoleResponse>");
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<Scripted> answers = new LinkedBlockingQueue<>();
    private Javalin server = Javalin.create();
    private ConnectOptions options = options("us-east-1", URI.create("http://localhost:1"));
    private AwsClients aws = options.clients();
    private AwsConnect connect = connect();
    private AwsParticipant participant = participant();

    @BeforeEach
    void serve() {
        server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.addHttpHandler(HandlerType.GET, "/<path>", this::answer);
                    config.routes.addHttpHandler(HandlerType.PUT, "/<path>", this::answer);
                    config.routes.addHttpHandler(HandlerType.POST, "/<path>", this::answer);
                    config.routes.addHttpHandler(
                            HandlerType.POST,
                            "/",
                            sts -> sts.status(roles.status())
                                    .contentType("text/xml")
                                    .result(roles.body()));
                })
                .start(0);
        use("us-east-1");
    }

    @AfterEach
    void stop() {
        participant.close();
        aws.close();
        server.stop();
    }

    @Test
    void startsAChat() throws InterruptedException {
        script(200, null, "{'ContactId':'c1','ParticipantId':'p','ParticipantToken':'pt'}");

        Answer<StartedChat> answer = connect.startChat(request("Hello"));

        assertThat(answer).isEqualTo(new Answer.Ok<>(new StartedChat("c1", "pt")));
        Request request = requests.take();
        assertThat(request.line()).isEqualTo("PUT /contact/chat");
        assertThat(request.authorization()).startsWith("AWS4-HMAC-SHA256 Credential=placeholder/");
        assertThat(request.body()).isEqualTo(json("""
                {'InstanceId':'i1','ContactFlowId':'f1','ParticipantDetails':{'DisplayName':'Ana'},
                 'Attributes':{'channel':'WhatsApp'},'InitialMessage':{'ContentType':'text/plain','Content':'Hello'},
                 'SupportedMessagingContentTypes':['text/plain'],'ChatDurationInMinutes':1500,'ClientToken':'token'}"""));
    }

    @Test
    void anInstanceIsCalledByItsOwnIdentity() throws InterruptedException {
        useRoleForTheSecondInstance();
        script(200, null, "{'Contact':{}}");
        script(200, null, "{'Contact':{}}");

        assertThat(connect.describe("i2", "c")).isInstanceOf(Answer.Ok.class);
        assertThat(connect.describe("i1", "c")).isInstanceOf(Answer.Ok.class);

        assertThat(requests.take().authorization()).startsWith("AWS4-HMAC-SHA256 Credential=ASIAROLE/");
        assertThat(requests.take().authorization()).startsWith("AWS4-HMAC-SHA256 Credential=placeholder/");
    }

    @Test
    void aRoleThatCannotBeAssumedConcernsItsInstanceAlone() {
        roles = new Scripted(
                403,
                null,
                "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>");
        useRoleForTheSecondInstance();
        script(200, null, "{'Contact':{}}");

        assertThat(connect.describe("i2", "c"))
                .isEqualTo(new Answer.Failed<>(new ConnectError.Misconfigured(
                        Extent.INSTANCE,
                        "The role arn:aws:iam::444455556666:role/lull cannot be assumed: AWS STS answers 403,"
                                + " AccessDenied: no")));
        assertThat(requests).isEmpty();
        assertThat(connect.describe("i1", "c")).isInstanceOf(Answer.Ok.class);
    }

    @Test
    void credentialsOfARoleThatConnectDoesNotAcceptConcernItsInstanceAlone() {
        useRoleForTheSecondInstance();
        script(403, "UnrecognizedClientException", "{}");
        script(403, "UnrecognizedClientException", "{}");

        assertThat(extent(connect.describe("i2", "c"))).isEqualTo(Extent.INSTANCE);
        assertThat(extent(connect.describe("i1", "c"))).isEqualTo(Extent.PROCESS);
    }

    @Test
    void startsAChatWithoutAFirstMessage() throws InterruptedException {
        script(200, null, "{'ContactId':'c1','ParticipantToken':'pt'}");

        connect.startChat(request(null));

        assertThat(requests.take().body().has("InitialMessage")).isFalse();
    }

    @Test
    void streamsToTheTopic() throws InterruptedException {
        script(200, null, "{'StreamingId':'s1'}");

        assertThat(connect.startStreaming("i1", "c1", TOPIC, "token")).isEqualTo(new Answer.Ok<>("s1"));

        Request request = requests.take();
        assertThat(request.line()).isEqualTo("POST /contact/start-streaming");
        assertThat(request.body())
                .isEqualTo(json("{'InstanceId':'i1','ContactId':'c1','ClientToken':'token',"
                        + "'ChatStreamingConfiguration':{'StreamingEndpointArn':'" + TOPIC + "'}}"));
    }

    @Test
    void goesOnWithTheTranscriptOfAnEndedChat() throws InterruptedException {
        script(200, null, "{'ContactId':'c2','ParticipantToken':'pt'}");
        ChatRequest request = request(null);

        connect.startChat(new ChatRequest(
                request.instanceId(),
                request.contactFlowId(),
                request.displayName(),
                request.attributes(),
                null,
                "c1",
                request.contentTypes(),
                request.duration(),
                "token"));

        assertThat(requests.take().body().path("PersistentChat"))
                .isEqualTo(json("{'RehydrationType':'ENTIRE_PAST_SESSION','SourceContactId':'c1'}"));
    }

    @Test
    void asksWhatHasBecomeOfAContact() throws InterruptedException {
        script(200, null, "{'Contact':{'Id':'c1'}}");
        script(
                200,
                null,
                "{'Contact':{'Id':'c1','DisconnectTimestamp':1.7E9,'DisconnectReason':'CUSTOMER_CONNECTION_NOT_ESTABLISHED'}}");
        script(
                200,
                null,
                "{'Contact':{'Id':'c1','DisconnectTimestamp':1.7E9,'DisconnectReason':'CONTACT_FLOW_DISCONNECT'}}");

        assertThat(connect.describe("i1", "c1")).isEqualTo(new Answer.Ok<>(new Contact(false, null)));
        assertThat(requests.take().line()).isEqualTo("GET /contacts/i1/c1");
        assertThat(contact(connect.describe("i1", "c1")))
                .returns(true, Contact::over)
                .returns(false, Contact::hasRun);
        assertThat(contact(connect.describe("i1", "c1")))
                .returns(true, Contact::over)
                .returns(true, Contact::hasRun);
    }

    private static Contact contact(Answer<Contact> answer) {
        return ((Answer.Ok<Contact>) answer).value();
    }

    @Test
    void connectsTheCustomerWithoutCredentials() throws InterruptedException {
        script(200, null, "{'ConnectionCredentials':{'ConnectionToken':'ct','Expiry':'2026-01-02T03:04:05.678Z'}}");

        Answer<Connection> answer = participant.connect("pt", true);

        assertThat(answer).isEqualTo(new Answer.Ok<>(new Connection("ct", Instant.parse("2026-01-02T03:04:05.678Z"))));
        Request request = requests.take();
        assertThat(request.line()).isEqualTo("POST /participant/connection");
        assertThat(request.bearer()).isEqualTo("pt");
        assertThat(request.authorization()).isNull();
        assertThat(request.body()).isEqualTo(json("{'Type':['CONNECTION_CREDENTIALS'],'ConnectParticipant':true}"));
    }

    @Test
    void sendsText() throws InterruptedException {
        script(200, null, "{'Id':'m1','AbsoluteTime':'2026-01-02T03:04:05.678Z'}");

        assertThat(participant.sendText("ct", "caf\u00e9 \uD83D\uDE00", "token"))
                .isEqualTo(new Answer.Ok<>(new Accepted("m1", Instant.parse("2026-01-02T03:04:05.678Z"))));

        Request request = requests.take();
        assertThat(request.line()).isEqualTo("POST /participant/message");
        assertThat(request.bearer()).isEqualTo("ct");
        assertThat(request.body())
                .isEqualTo(
                        json("{'ContentType':'text/plain','Content':'caf\u00e9 \uD83D\uDE00','ClientToken':'token'}"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, InvalidRequestException, Invalid",
        "400, InvalidParameterException, Invalid",
        "400, ExpiredTokenException, Misconfigured",
        "402, ServiceQuotaExceededException, QuotaReached",
        "403, AccessDeniedException, Misconfigured",
        "403, UnrecognizedClientException, Misconfigured",
        "404, ResourceNotFoundException, NotFound",
        "410, ContactNotFoundException, NotFound",
        "429, LimitExceededException, QuotaReached",
        "429, TooManyRequestsException, Throttled",
        "429, ThrottlingException, Throttled",
        "500, InternalServiceException, Transient",
        "503, , Transient"
    })
    void knowsWhatConnectsErrorsMean(int status, @Nullable String code, String meaning) {
        script(status, code, "{'message':'no'}");

        assertThat(trouble(connect.startChat(request(null)))).isEqualTo(meaning);
        assertThat(requests).as("one attempt, as the SDK retries nothing").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "400, ValidationException, Invalid",
        "403, AccessDeniedException, AccessDenied",
        "409, ConflictException, Transient",
        "429, ThrottlingException, Throttled",
        "500, InternalServerException, Transient"
    })
    void knowsWhatTheParticipantApisErrorsMean(int status, String code, String meaning) {
        script(status, code, "{'message':'Access denied'}");

        assertThat(trouble(participant.sendText("ct", "Hi", "token"))).isEqualTo(meaning);
        assertThat(requests).hasSize(1);
    }

    @Test
    void aConnectionThatFailsMayPass() {
        server.stop();

        assertThat(trouble(participant.sendText("ct", "Hi", "token"))).isEqualTo("Transient");
    }

    @Test
    void aCallEndsAtItsTimeout() {
        // Nothing is scripted, so the server does not answer.
        long start = System.nanoTime();

        assertThat(trouble(participant.sendText("ct", "Hi", "token"))).isEqualTo("Transient");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    private void answer(Context context) throws InterruptedException {
        requests.add(new Request(
                context.method().name() + " " + context.path(),
                context.header("X-Amz-Bearer"),
                context.header("Authorization"),
                json(context.body().isEmpty() ? "{}" : context.body())));
        Scripted scripted = answers.take();
        context.status(scripted.status()).contentType("application/json").result(scripted.body());
        String errorType = scripted.errorType();
        if (errorType != null) {
            context.header("x-amzn-ErrorType", errorType);
        }
    }

    private static Extent extent(Answer<?> answer) {
        if (answer instanceof Answer.Failed<?>(ConnectError.Misconfigured(Extent extent, String _))) {
            return extent;
        }
        throw new AssertionError(answer);
    }

    private void useRoleForTheSecondInstance() {
        participant.close();
        aws.close();
        options = options.with(Map.of(
                "i2",
                new AwsIdentity.Role(
                        "arn:aws:iam::444455556666:role/lull",
                        Optional.of(URI.create("http://localhost:" + server.port())))));
        aws = options.clients();
        connect = connect();
        participant = participant();
    }

    private void script(int status, @Nullable String errorType, String body) {
        answers.add(new Scripted(status, errorType, body.replace('\'', '"')));
    }

    private static String trouble(Answer<?> answer) {
        return switch (answer) {
            case Answer.Ok<?> ok -> "Ok";
            case Answer.Failed<?>(ConnectError trouble) -> trouble.getClass().getSimpleName();
        };
    }

    private static ChatRequest request(@Nullable String initialMessage) {
        return new ChatRequest(
                "i1",
                "f1",
                "Ana",
                Map.of("channel", "WhatsApp"),
                initialMessage,
                null,
                List.of("text/plain"),
                Duration.ofHours(25),
                "token");
    }

    private static JsonNode json(String text) {
        try {
            return Json.tree(text.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }

    /// Calls a Region from now on.
    private void use(String region) {
        options = options(region, URI.create("http://localhost:" + server.port()));
        aws = options.clients();
        connect = connect();
        participant = participant();
    }

    private AwsConnect connect() {
        return new AwsConnect(aws, options, new ConnectMetrics(new SimpleMeterRegistry()));
    }

    private AwsParticipant participant() {
        return new AwsParticipant(
                aws,
                options,
                () -> Instant.parse("2026-01-01T00:00:00Z"),
                new ConnectMetrics(new SimpleMeterRegistry()));
    }

    private static ConnectOptions options(String region, URI endpoint) {
        return new ConnectOptions(
                region,
                Optional.of(endpoint),
                Optional.of(endpoint),
                true,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                10,
                Map.of());
    }
}
