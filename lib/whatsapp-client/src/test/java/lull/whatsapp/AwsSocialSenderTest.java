package lull.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.reply.ReplyContent;
import lull.runtime.aws.AwsIdentity;
import lull.whatsapp.ReplySender.Delivery;
import lull.whatsapp.ReplySender.ReplyPart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The real SDK against a scripted HTTP server, for business numbers of two identities.
final class AwsSocialSenderTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String OURS = "100";
    private static final String THEIRS = "200";

    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile int assumed = 200;
    private volatile int sent = 200;

    AwsSocialSenderTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void eachNumberSendsByItsOwnIdentity() throws InterruptedException {
        try (AwsSocialClients clients = clients()) {
            assertThat(send(clients, OURS)).isEqualTo(new Delivery.Accepted("m1"));
            assertThat(send(clients, THEIRS)).isEqualTo(new Delivery.Accepted("m1"));
        }

        assertThat(authorizations)
                .satisfiesExactly(
                        ours -> assertThat(ours).contains("Credential=placeholder/"),
                        theirs -> assertThat(theirs).contains("Credential=ASIAROLE/"));
    }

    @Test
    void aRoleThatCannotBeAssumedPausesItsNumberAlone() throws InterruptedException {
        assumed = 403;
        try (AwsSocialClients clients = clients()) {
            assertThat(send(clients, THEIRS))
                    .isEqualTo(new WhatsAppError.Misconfigured(
                            new ErrorScope.BusinessNumber(THEIRS),
                            "The role arn:aws:iam::444455556666:role/lull cannot be assumed: AWS STS answers 403,"
                                    + " AccessDenied: no"));
            assertThat(send(clients, OURS)).isEqualTo(new Delivery.Accepted("m1"));
        }
    }

    @Test
    void aSignatureThatIsNotAcceptedConcernsAllNumbersOfTheProcessOrOneOfAnotherIdentity() throws InterruptedException {
        sent = 401;
        try (AwsSocialClients clients = clients()) {
            assertThat(send(clients, THEIRS))
                    .isEqualTo(
                            new WhatsAppError.Misconfigured(new ErrorScope.BusinessNumber(THEIRS), "AWS answered 401"));
            assertThat(send(clients, OURS))
                    .isEqualTo(new WhatsAppError.Misconfigured(new ErrorScope.Everything(), "AWS answered 401"));
        }
    }

    private static Delivery send(AwsSocialClients clients, String number) throws InterruptedException {
        return new AwsSocialSender(clients, new WhatsAppMetrics(new SimpleMeterRegistry()))
                .send(new ReplyPart(
                        new Customer(null, "1555", null),
                        new ReplyContent.Text("Hi"),
                        null,
                        new CallbackData("r1", 0, new ConversationKey(number, "1555"))));
    }

    private AwsSocialClients clients() {
        URI here = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new AwsSocialClients(new AwsSocialClients.Options(
                Map.of(
                        OURS,
                        number(Optional.empty()),
                        THEIRS,
                        number(Optional.of(
                                new AwsIdentity.Role("arn:aws:iam::444455556666:role/lull", Optional.of(here))))),
                Optional.of(here),
                true,
                LIMIT,
                LIMIT,
                LIMIT));
    }

    private static SocialNumber number(Optional<AwsIdentity> identity) {
        return new SocialNumber("phone-number-id-1", "us-east-1", "v23.0", Optional.empty(), identity);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (request.contains("Action=AssumeRole")) {
            answer(
                    exchange,
                    assumed,
                    "text/xml",
                    assumed == 200
                            ? "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId>"
                                    + "<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>"
                                    + "<Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult>"
                                    + "</AssumeRoleResponse>"
                            : "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error>"
                                    + "</ErrorResponse>");
        } else {
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, sent, "application/json", "{\"messageId\":\"m1\"}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
