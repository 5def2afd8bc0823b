package lull.cdk;

import static lull.cdk.Synthesized.text;
import static lull.cdk.Synthesized.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lull.cdk.Synthesized.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Topics, queues and buckets by which messages come.
final class MessagesTest {

    private static final String INSTANCE = "arn:aws:connect:%s:123456789012:instance/%s";

    @Test
    void onlyTheInstancesOfARegionPublishToItsTopic() {
        Synthesized all = Synthesized.named("regions");

        assertThat(publishers(all, "messaging", "connect.amazonaws.com"))
                .containsExactly(INSTANCE.formatted("eu-west-1", "11111111-2222-4333-8444-555555555555"));
        assertThat(publishers(all, "chats-af-south-1", "connect.amazonaws.com"))
                .containsExactly(INSTANCE.formatted("af-south-1", "22222222-2222-4333-8444-555555555555"));
    }

    /// The bridge names the topics with these ARNs when it opens chats.
    @Test
    void topicsHaveTheNamesInTheSettings() {
        Synthesized all = Synthesized.named("regions");

        assertThat(all.environment("bridge"))
                .containsEntry("LULL_CONNECT_STREAMING_TOPIC_ARN", "arn:aws:sns:eu-west-1:123456789012:world-chats")
                .containsEntry(
                        "LULL_CONNECT_STREAMING_TOPIC_ARN_106540352242933",
                        "arn:aws:sns:af-south-1:123456789012:world-chats")
                .containsEntry("LULL_CONNECT_REGION_106540352242933", "af-south-1")
                .containsEntry(
                        "LULL_CONNECT_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/123456789012/world-chats");
        assertThat(all.resources("AWS::SNS::Topic")
                        .filter(topic -> topic.stack().equals("messaging")
                                || topic.stack().startsWith("chats"))
                        .map(topic -> topic.at("/TopicName").asText()))
                .containsExactlyInAnyOrder("world-chats", "world-webhooks", "world-chats", "world-alarms");
        assertThat(all.resources("AWS::SQS::Queue")
                        .map(queue ->
                                queue.stack() + " " + queue.at("/QueueName").asText()))
                .containsExactlyInAnyOrder(
                        "messaging world-chats",
                        "messaging world-chats-dead",
                        "messaging world-webhooks",
                        "messaging world-webhooks-dead",
                        "chats-af-south-1 world-chats-dead");
    }

    /// Lull verifies the signature, which raw messages do not have.
    @ParameterizedTest
    @CsvSource({"standard, 1", "regions, 3"})
    void queuesGetWholeNotifications(String name, int subscriptions) {
        Synthesized all = Synthesized.named(name);

        assertThat(all.resources("AWS::SNS::Subscription")
                        .filter(one -> one.at("/Protocol").asText().equals("sqs")))
                .hasSize(subscriptions)
                .allSatisfy(one -> {
                    assertThat(one.at("/RawMessageDelivery").asBoolean(true)).isFalse();
                    assertThat(one.at("/FilterPolicy").isMissingNode()).isTrue();
                    assertThat(one.at("/RedrivePolicy/deadLetterTargetArn").isMissingNode())
                            .isFalse();
                });
    }

    @Test
    void aQueueAcceptsItsTopicsOnlyAlsoOfOtherRegions() {
        Synthesized all = Synthesized.named("regions");

        assertThat(statements(all, "messaging", "AWS::SQS::QueuePolicy")
                        .filter(statement -> statement.path("Sid").asText().equals("TopicsSend"))
                        .map(statement ->
                                texts(statement.at("/Condition/ArnEquals").path("aws:SourceArn"))))
                .containsExactlyInAnyOrder(
                        List.of(
                                "arn:aws:sns:eu-west-1:123456789012:world-chats",
                                "arn:aws:sns:af-south-1:123456789012:world-chats"),
                        List.of("arn:aws:sns:eu-west-1:123456789012:world-webhooks"));
    }

    /// Amazon SNS has a name of its own in a Region that must be enabled.
    @Test
    void aQueueAcceptsTopicsOfRegionsThatMustBeEnabled() {
        assertThat(senders(Synthesized.named("regions"), "world-chats"))
                .containsExactly("sns.af-south-1.amazonaws.com", "sns.amazonaws.com");
        assertThat(senders(Synthesized.named("regions"), "world-webhooks")).containsExactly("sns.amazonaws.com");
        assertThat(senders(Synthesized.example(), "lull-production-chats")).containsExactly("sns.amazonaws.com");
    }

    @Test
    void aQueueKeepsEventsForTwoWeeksAndHidesThemLongEnough() {
        assertThat(Synthesized.example().resources("AWS::SQS::Queue"))
                .hasSize(2)
                .allSatisfy(queue ->
                        assertThat(queue.at("/MessageRetentionPeriod").asInt()).isEqualTo(14 * 24 * 60 * 60));
        assertThat(Synthesized.example()
                        .resources("AWS::SQS::Queue")
                        .filter(queue -> queue.node().path("Properties").has("RedrivePolicy")))
                .singleElement()
                .satisfies(queue -> {
                    assertThat(queue.at("/VisibilityTimeout").asInt()).isGreaterThan(2 * 10);
                    assertThat(queue.at("/RedrivePolicy/maxReceiveCount").asInt())
                            .isEqualTo(300);
                });
    }

    /// The CDK forgets these, and without them nothing arrives.
    @Test
    void servicesOfAwsMayUseTheKeys() {
        Synthesized all = Synthesized.named("regions");

        assertThat(keyUsers(all, "messaging"))
                .contains(
                        "sns.af-south-1.amazonaws.com",
                        "sns.amazonaws.com",
                        "connect.amazonaws.com",
                        "social-messaging.amazonaws.com");
        assertThat(keyUsers(all, "chats-af-south-1")).contains("sns.amazonaws.com", "connect.amazonaws.com");
        assertThat(keyUsers(all, "network")).contains("logs.eu-west-1.amazonaws.com");
        assertThat(keyUsers(all, "alarms")).contains("cloudwatch.amazonaws.com");
    }

    @Test
    void endUserMessagingSendsItsEventsToTheTopic() {
        Synthesized all = Synthesized.named("regions");
        Resource destination = all.resources("Custom::AWS")
                .filter(one -> one.stack().equals("messaging"))
                .findFirst()
                .orElseThrow();

        assertThat(text(destination.at("/Create")))
                .contains("PutWhatsAppBusinessAccountEventDestinations", "waba-0123456789abcdef0123456789abcdef");
        assertThat(all.environment("ingress"))
                .containsEntry("LULL_EUM_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/123456789012/world-webhooks")
                .containsEntry("LULL_EUM_QUEUE_REGION", "eu-west-1");
        assertThat(all.environment("bridge"))
                .containsEntry("LULL_WHATSAPP_EUM_BUCKET", "world-media-123456789012-eu-west-1");
        assertThat(all.secrets("ingress")).containsExactly("LULL_REPLIES_TOKENS");
        assertThat(all.secrets("bridge")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "standard, acme-test-files-210987654321-us-east-1, 90",
        "standard, acme-test-kept-210987654321-us-east-1, 365",
        "regions, world-media-123456789012-eu-west-1, 2"
    })
    void bucketsDeleteFilesAfterSomeDays(String name, String bucket, int days) {
        assertThat(Synthesized.named(name)
                        .resources("AWS::S3::Bucket")
                        .filter(one -> one.at("/BucketName").asText().equals(bucket)))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.at("/LifecycleConfiguration/Rules/0/ExpirationInDays")
                                    .asInt())
                            .isEqualTo(days);
                    assertThat(one.at("/LoggingConfiguration/DestinationBucketName")
                                    .asText())
                            .contains("access-logs");
                });
    }

    private static List<String> publishers(Synthesized all, String stack, String service) {
        return statements(all, stack, "AWS::SNS::TopicPolicy")
                .filter(statement -> statement.at("/Principal/Service").asText().equals(service))
                .peek(statement -> assertThat(text(statement.path("Action"))).isEqualTo("sns:Publish"))
                .flatMap(statement -> texts(statement.at("/Condition/ArnEquals").path("aws:SourceArn")).stream())
                .toList();
    }

    private static List<String> senders(Synthesized all, String queue) {
        String id = all.resources("AWS::SQS::Queue")
                .filter(one -> one.at("/QueueName").asText().equals(queue))
                .findFirst()
                .orElseThrow()
                .id();
        return statements(all, "messaging", "AWS::SQS::QueuePolicy")
                .filter(statement -> statement.path("Sid").asText().equals("TopicsSend"))
                .filter(statement -> text(statement.path("Resource")).equals("${" + id + "}"))
                .flatMap(statement -> texts(statement.at("/Principal/Service")).stream())
                .toList();
    }

    private static List<String> keyUsers(Synthesized all, String stack) {
        return all.resources("AWS::KMS::Key")
                .filter(key -> key.stack().equals(stack))
                .flatMap(key -> elements(key.at("/KeyPolicy/Statement")))
                .flatMap(statement -> texts(statement.at("/Principal/Service")).stream())
                .toList();
    }

    private static Stream<JsonNode> statements(Synthesized all, String stack, String type) {
        return all.resources(type)
                .filter(policy -> policy.stack().equals(stack))
                .flatMap(policy -> elements(policy.at("/PolicyDocument/Statement")));
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
