package lull.local;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// A server that speaks SQS's protocol, with one queue. What is taken from it and not deleted comes again after
/// four seconds.
final class QueueServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final SQSRestServer server;
    private final URI endpoint;
    private final SqsClient sqs;
    private final String url;

    private QueueServer(SQSRestServer server) {
        this.server = server;
        int port = server.waitUntilStarted().localAddress().getPort();
        this.endpoint = URI.create("http://localhost:" + port);
        this.sqs = SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .httpClient(ApacheHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "x")))
                .build();
        this.url = sqs.createQueue(request ->
                        request.queueName("events").attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "4")))
                .queueUrl();
    }

    static QueueServer start() {
        return new QueueServer(SQSRestServerBuilder.withInterface("localhost")
                .withDynamicPort()
                .start());
    }

    String endpoint() {
        return endpoint.toString();
    }

    String url() {
        return url;
    }

    /// A further queue.
    void create(String name) {
        sqs.createQueue(request -> request.queueName(name));
    }

    /// How long a message that was received and not deleted is hidden.
    void hideFor(Duration time) {
        sqs.setQueueAttributes(request -> request.queueUrl(url)
                .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, Long.toString(time.toSeconds()))));
    }

    void send(String body) {
        sqs.sendMessage(request -> request.queueUrl(url).messageBody(body));
    }

    /// Waits until nothing is in the queue, nor taken from it for the time being.
    void awaitEmpty() {
        await().atMost(PATIENCE)
                .until(() -> sqs
                        .getQueueAttributes(request -> request.queueUrl(url)
                                .attributeNames(
                                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                        .attributes()
                        .values()
                        .stream()
                        .allMatch("0"::equals));
    }

    @Override
    public void close() {
        sqs.close();
        server.stopAndWait();
    }
}
