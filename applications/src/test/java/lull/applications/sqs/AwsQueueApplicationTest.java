package lull.applications.sqs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.applications.turns.Answer;
import lull.applications.turns.Application.Given;
import lull.applications.turns.TestTurns;
import lull.contract.json.Json;
import lull.contract.turn.Turn;
import lull.lanes.Outcome;
import lull.runtime.aws.AwsClients;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

final class AwsQueueApplicationTest {

    private static final String REGION = "us-east-1";
    private static final String ID = "turn_0123456789abcdef";
    private static final Turn TURN = TestTurns.text(7, "bot", "Hello \u0007 there");

    private final AwsClients aws =
            new AwsClients(AwsClients.Options.once(true, Duration.ofMinutes(1), Duration.ofMinutes(3)));
    private SQSRestServer server;
    private Optional<URI> endpoint = Optional.empty();
    private SqsClient sqs;

    @BeforeEach
    void start() {
        server = SQSRestServerBuilder.withInterface("localhost")
                .withDynamicPort()
                .start();
        endpoint = Optional.of(URI.create(
                "http://localhost:" + server.waitUntilStarted().localAddress().getPort()));
        sqs = aws.create(SqsClient.builder(), REGION, endpoint);
    }

    @AfterEach
    void stop() {
        aws.close();
        server.stopAndWait();
    }

    @Test
    void putsATurnIntoTheQueueWithItsId() throws Exception {
        String url = sqs.createQueue(queue -> queue.queueName("turns")).queueUrl();

        assertThat(give(url, TURN)).isEqualTo(new Given.Taken(Answer.NONE));

        Message message = received(url).getFirst();
        assertThat(requireNonNull(message.messageAttributes().get("webhook-id")).stringValue())
                .isEqualTo(ID);
        JsonNode turn = Json.tree(message.body().getBytes(StandardCharsets.UTF_8));
        assertThat(turn.at("/data/text").asText()).isEqualTo("Hello \u0007 there");
    }

    @Test
    void aFifoQueueHasATurnOnceAndGroupsThatDoNotTellTheCustomersNumber() {
        String url = sqs.createQueue(queue ->
                        queue.queueName("turns.fifo").attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true")))
                .queueUrl();

        give(url, TURN);
        give(url, TURN);

        assertThat(received(url))
                .singleElement()
                .satisfies(message -> assertThat(message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID))
                        .hasSize(64)
                        .doesNotContain("15550001001"));
    }

    @Test
    void pausesTheDestinationWhoseQueueDoesNotExist() {
        String url = endpoint.orElseThrow() + "/000000000000/nowhere";

        assertThat(((Given.Failed) give(url, TURN)).failure())
                .isInstanceOfSatisfying(
                        Outcome.Pause.class,
                        pause -> assertThat(pause.reason()).startsWith("Destination bot: SQS answers 400"));
    }

    @Test
    void isTriedAgainIfTheQueueDoesNotAnswer() {
        server.stopAndWait();

        assertThat(((Given.Failed) give(endpoint.orElseThrow() + "/000000000000/turns", TURN)).failure())
                .isInstanceOfSatisfying(
                        Outcome.Retry.class,
                        retry -> assertThat(retry.reason()).startsWith("Destination bot: SQS does not answer: "));
    }

    private Given give(String url, Turn turn) {
        return new AwsQueueApplication("bot", url, aws, REGION, endpoint).give(ID, turn, TestTurns.FRESH);
    }

    private List<Message> received(String url) {
        return sqs.receiveMessage(request -> request.queueUrl(url)
                        .maxNumberOfMessages(10)
                        .messageAttributeNames("All")
                        .messageSystemAttributeNamesWithStrings("All"))
                .messages();
    }
}
