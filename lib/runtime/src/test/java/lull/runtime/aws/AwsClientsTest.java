package lull.runtime.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// The clients of a real service of the SDK against a scripted HTTP server.
final class AwsClientsTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final HttpServer server;
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

    private Optional<URI> endpoint() {
        return Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        authorizations.add(authorization == null ? "none" : authorization);
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(authorizations.size() <= failures ? 500 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
