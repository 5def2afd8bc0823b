package lull.local;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
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

    private QueueServer(SQSRestServer server, String name, Map<QueueAttributeName, String> attributes) {
        this.server = server;
        int port = server.waitUntilStarted().localAddress().getPort();
        this.endpoint = URI.create("http://localhost:" + port);
        this.sqs = SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .httpClient(ApacheHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "x")))
                .build();
        this.url = sqs.createQueue(request -> request.queueName(name).attributes(attributes))
                .queueUrl();
    }

    static QueueServer start() {
        return start("events", Map.of());
    }

    /// One whose queue keeps the order of a group's messages.
    static QueueServer startFifo() {
        return start("events.fifo", Map.of(QueueAttributeName.FIFO_QUEUE, "true"));
    }

    private static QueueServer start(String name, Map<QueueAttributeName, String> more) {
        Map<QueueAttributeName, String> attributes = new EnumMap<>(QueueAttributeName.class);
        attributes.put(QueueAttributeName.VISIBILITY_TIMEOUT, "4");
        attributes.putAll(more);
        return new QueueServer(
                SQSRestServerBuilder.withInterface("localhost")
                        .withDynamicPort()
                        .start(),
                name,
                attributes);
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

    /// Sends to a queue that keeps the order of groups.
    void send(String group, String body) {
        sqs.sendMessage(request -> request.queueUrl(url)
                .messageBody(body)
                .messageGroupId(group)
                .messageDeduplicationId(UUID.randomUUID().toString()));
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
