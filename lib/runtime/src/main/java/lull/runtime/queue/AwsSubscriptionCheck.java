package lull.runtime.queue;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import lull.runtime.CheckResult;
import lull.runtime.aws.AwsArn;
import lull.runtime.aws.AwsClients;
import lull.runtime.aws.AwsReasons;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;
import software.amazon.awssdk.services.sns.model.Subscription;

/// Check of the subscription by which an SNS topic delivers to a queue, by calls that change nothing.
/// Source: Amazon SNS API Reference, "ListSubscriptionsByTopic" and "GetSubscriptionAttributes".
final class AwsSubscriptionCheck {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int NOT_FOUND = 404;
    private static final String PENDING = "PendingConfirmation";

    private static final String OTHERWISE =
            " Allow sns:ListSubscriptionsByTopic and sns:GetSubscriptionAttributes, or see"
                    + " whether the meter of its notifications counts what arrives";

    private AwsSubscriptionCheck() {}

    /// Checks the subscription of a queue to a topic.
    ///
    /// @param sns SNS's address, if it is not AWS's own
    static CheckResult of(QueueOptions queue, String queueArn, String topicArn, Optional<URI> sns) {
        try (AwsClients aws = new AwsClients(AwsClients.Options.repeated(queue.placeholderCredentials(), LIMIT)
                .withCallTimeout(LIMIT))) {
            SnsClient client =
                    aws.create(SnsClient.builder(), AwsArn.region(topicArn).orElse(queue.region()), sns);
            Optional<Subscription> found = find(client, topicArn, queueArn);
            return found.isEmpty()
                    ? CheckResult.wrong(
                            queue.name(),
                            "The queue is not subscribed to " + topicArn + ", so nothing arrives in it. Subscribe "
                                    + queueArn + " to the topic with protocol sqs, without raw message delivery")
                    : subscribed(queue.name(), client, topicArn, found.get());
        } catch (AwsServiceException e) {
            return e.statusCode() == NOT_FOUND
                    ? CheckResult.wrong(queue.name(), "The topic " + topicArn + ": " + AwsReasons.of("SNS", e))
                    : unknown(queue.name(), topicArn, e);
        } catch (SdkException e) {
            return unknown(queue.name(), topicArn, e);
        }
    }

    private static Optional<Subscription> find(SnsClient client, String topicArn, String queueArn) {
        String page = null;
        do {
            @Nullable String next = page;
            ListSubscriptionsByTopicResponse answer = client.listSubscriptionsByTopic(
                    request -> request.topicArn(topicArn).nextToken(next));
            Optional<Subscription> found = answer.subscriptions().stream()
                    .filter(one -> "sqs".equals(one.protocol()) && queueArn.equals(one.endpoint()))
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
            page = answer.nextToken();
        } while (page != null && !page.isEmpty());
        return Optional.empty();
    }

    private static CheckResult subscribed(String name, SnsClient client, String topicArn, Subscription one) {
        if (PENDING.equals(one.subscriptionArn())) {
            return CheckResult.wrong(
                    name, "The queue's subscription to " + topicArn + " is not confirmed: subscribe it again");
        }
        Map<String, String> attributes = client.getSubscriptionAttributes(
                        request -> request.subscriptionArn(one.subscriptionArn()))
                .attributes();
        if ("true".equals(attributes.get("RawMessageDelivery"))) {
            return CheckResult.wrong(
                    name,
                    "The queue's subscription to " + topicArn + " has raw message delivery, so notifications arrive"
                            + " without their envelope and are rejected: switch it off");
        }
        String filter = attributes.getOrDefault("FilterPolicy", "");
        if (!filter.isBlank() && !filter.equals("{}")) {
            return CheckResult.wrong(
                    name,
                    "The queue's subscription to " + topicArn + " has a filter policy, so some notifications may not"
                            + " arrive: remove it");
        }
        return CheckResult.well(name, "It is subscribed to " + topicArn);
    }

    private static CheckResult unknown(String name, String topicArn, SdkException failure) {
        return CheckResult.unknown(
                name,
                "It is not known whether the queue is subscribed to " + topicArn + ": " + AwsReasons.of("SNS", failure)
                        + "." + OTHERWISE);
    }
}
