package lull.runtime.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// The clients of a real service of the SDK against a scripted HTTP server.
final class AwsClientsTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String ROLE = "arn:aws:iam::444455556666:role/lull";
    private static final String SHARED_FILE = "aws.sharedCredentialsFile";

    private static final String SESSION = """
            <AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId>
            <SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
            <Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>""";

    private static final String DENIED = """
            <ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>
            <Message>not allowed to assume</Message></Error></ErrorResponse>""";

    private final HttpServer server;
    private final List<String> assumed = new CopyOnWriteArrayList<>();
    private volatile boolean denied;
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private int failures;

    AwsClientsTest() throws IOException {
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
    void signsForTheRegionAtTheEndpoint() {
        try (AwsClients aws = new AwsClients(AwsClients.Options.once(true, LIMIT, LIMIT))) {
            aws.create(SqsClient.builder(), "eu-west-1", endpoint()).listQueues();
        }

        assertThat(authorizations).singleElement().asString().contains("Credential=placeholder/", "/eu-west-1/sqs/");
    }

    @Test
    void signsNothingIfToldSo() {
        try (AwsClients aws = new AwsClients(AwsClients.Options.once(true, LIMIT, LIMIT))) {
            aws.createUnsigned(SqsClient.builder(), "eu-west-1", endpoint()).listQueues();
        }

        assertThat(authorizations).containsExactly("none");
    }

    @Test
    void aCallIsMadeOnce() {
        failures = 1;
        try (AwsClients aws = new AwsClients(AwsClients.Options.once(true, LIMIT, LIMIT))) {
            SqsClient sqs = aws.create(SqsClient.builder(), "eu-west-1", endpoint());

            assertThatExceptionOfType(SqsException.class).isThrownBy(sqs::listQueues);
        }

        assertThat(authorizations).hasSize(1);
    }

    @Test
    void aCallThatMayBeRepeatedIs() {
        failures = 1;
        try (AwsClients aws =
                new AwsClients(AwsClients.Options.repeated(true, LIMIT).withCallTimeout(LIMIT))) {
            aws.create(SqsClient.builder(), "eu-west-1", endpoint()).listQueues();
        }

        assertThat(authorizations).hasSize(2);
    }

    @Test
    void anotherIdentityIsARoleThatItsOwnIdentityAssumes() {
        AwsIdentity role = new AwsIdentity.Role(ROLE, endpoint());
        try (AwsClients aws = new AwsClients(AwsClients.Options.once(true, LIMIT, LIMIT))) {
            SqsClient ours = aws.create(SqsClient.builder(), "eu-west-1", endpoint());
            SqsClient theirs = aws.create(SqsClient.builder(), "eu-west-1", endpoint(), role);

            assertThat(aws.problem(role)).isEmpty();
            theirs.listQueues();
            ours.listQueues();
            theirs.listQueues();
        }

        assertThat(assumed).singleElement().asString().contains("Action=AssumeRole", "role%2Flull");
        assertThat(authorizations)
                .satisfiesExactly(
                        sts -> assertThat(sts).contains("Credential=placeholder/", "/eu-west-1/sts/"),
                        first -> assertThat(first).contains("Credential=ASIAROLE/", "/eu-west-1/sqs/"),
                        second -> assertThat(second).contains("Credential=placeholder/", "/eu-west-1/sqs/"),
                        third -> assertThat(third).contains("Credential=ASIAROLE/", "/eu-west-1/sqs/"));
    }

    @Test
    void aRoleThatCannotBeAssumedIsAProblemInWords() {
        denied = true;
        AwsIdentity role = new AwsIdentity.Role(ROLE, endpoint());
        try (AwsClients aws = new AwsClients(AwsClients.Options.once(true, LIMIT, LIMIT))) {
            aws.create(SqsClient.builder(), "eu-west-1", endpoint(), role);

            assertThat(aws.problem(role))
                    .hasValue("The role " + ROLE
                            + " cannot be assumed: AWS STS answers 403, AccessDenied: not allowed to assume");
        }
    }

    @Test
    void aProfileIsReadAgainWhenItsFileChanges(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("credentials");
        Files.writeString(file, "[other]\naws_access_key_id=AKIAFIRST\naws_secret_access_key=s\n");
        System.setProperty(SHARED_FILE, file.toString());
        AwsIdentity other = new AwsIdentity.Profile("other");
        AwsIdentity missing = new AwsIdentity.Profile("missing");
        try (AwsClients aws = new AwsClients(AwsClients.Options.once(true, LIMIT, LIMIT))) {
            SqsClient sqs = aws.create(SqsClient.builder(), "eu-west-1", endpoint(), other);
            aws.create(SqsClient.builder(), "eu-west-1", endpoint(), missing);
            assertThat(aws.problem(missing)).hasValue("The profile missing of the AWS SDK has no credentials");
            assertThat(aws.problem(other)).isEmpty();
            sqs.listQueues();
            assertThat(authorizations).singleElement().asString().contains("Credential=AKIAFIRST/");

            Files.writeString(file, "[other]\naws_access_key_id=AKIASECOND\naws_secret_access_key=s\n");
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(10)));
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                sqs.listQueues();
                assertThat(authorizations.getLast()).contains("Credential=AKIASECOND/");
            });
        } finally {
            System.clearProperty(SHARED_FILE);
        }
    }

    private Optional<URI> endpoint() {
        return Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        authorizations.add(authorization == null ? "none" : authorization);
        if (request.contains("Action=AssumeRole")) {
            assumed.add(request);
            answer(exchange, denied ? 403 : 200, "text/xml", denied ? DENIED : SESSION);
            return;
        }
        answer(exchange, authorizations.size() <= failures ? 500 : 200, "application/x-amz-json-1.0", "{}");
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
