package lull.runtime.queue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.contract.json.UnreadableJson;
import lull.runtime.CheckResult;
import lull.runtime.aws.AwsClients;
import lull.runtime.aws.AwsReasons;
import lull.runtime.settings.Durations;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// Check of an SQS queue that Lull reads, by calls that change nothing: whether it exists, who may send
/// to it, which topics do, and how many messages wait.
public final class AwsQueueCheck {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int FORBIDDEN = 403;

    private AwsQueueCheck() {}

    /// Checks a queue by calls that change nothing.
    ///
    /// @param topicArns SNS topics that must be allowed to send to it, and to which it must be subscribed; if there
    ///     are none, only the queue is checked
    /// @param sns SNS's address, if it is not AWS's own
    /// @param held how long a message may be on its way to Kafka; until then the queue must not deliver
    ///     it to another reader
    public static List<CheckResult> of(QueueOptions options, List<String> topicArns, Optional<URI> sns, Duration held) {
        try (AwsClients aws = new AwsClients(AwsClients.Options.repeated(options.placeholderCredentials(), LIMIT)
                .withCallTimeout(LIMIT))) {
            SqsClient sqs = aws.create(SqsClient.builder(), options.region(), options.endpoint());
            Map<QueueAttributeName, String> attributes = sqs.getQueueAttributes(
                            request -> request.queueUrl(options.url()).attributeNames(QueueAttributeName.ALL))
                    .attributes();
            List<CheckResult> findings = findings(options, topicArns, held, attributes);
            String arn = attributes.get(QueueAttributeName.QUEUE_ARN);
            if (arn != null) {
                topicArns.forEach(topic -> findings.add(AwsSubscriptionCheck.of(options, arn, topic, sns)));
            }
            return findings;
        } catch (AwsServiceException e) {
            String reason = "The queue " + options.url() + ": " + AwsReasons.of("SQS", e);
            return List.of(
                    e.statusCode() == FORBIDDEN
                            ? CheckResult.unknown(
                                    options.name(),
                                    reason + ". Allow sqs:GetQueueAttributes, so that the queue can" + " be checked")
                            : CheckResult.wrong(options.name(), reason + ". " + options.advice()));
        } catch (SdkException e) {
            return List.of(CheckResult.wrong(
                    options.name(),
                    "The queue " + options.url() + " cannot be reached: " + AwsReasons.of("SQS", e) + ". "
                            + options.advice()));
        }
    }

    private static List<CheckResult> findings(
            QueueOptions options, List<String> topicArns, Duration held, Map<QueueAttributeName, String> attributes) {
        String name = options.name();
        List<CheckResult> findings = new ArrayList<>();
        String waiting = attributes.getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0");
        findings.add(CheckResult.well(name, "The queue " + options.url() + " exists; " + waiting + " messages wait"));
        String visibility = attributes.get(QueueAttributeName.VISIBILITY_TIMEOUT);
        if (visibility != null && Duration.ofSeconds(Long.parseLong(visibility)).compareTo(held) <= 0) {
            findings.add(CheckResult.wrong(
                    name,
                    "Its visibility timeout of " + visibility + " s is not"
                            + " longer than writing a message to Kafka may"
                            + " take (" + Durations.text(held) + "): messages are delivered twice. Raise it"));
        }
        String policy = attributes.get(QueueAttributeName.POLICY);
        topicArns.forEach(topic -> findings.add(mayPut(name, policy, topic)));
        return findings;
    }

    private static CheckResult mayPut(String name, @Nullable String policy, String topicArn) {
        String remedy = ". Allow sns.amazonaws.com the action sqs:SendMessage for the aws:SourceArn " + topicArn;
        if (policy == null || policy.isBlank()) {
            return CheckResult.wrong(name, "The queue has no policy, so no SNS topic may send messages to it" + remedy);
        }
        try {
            return QueuePolicy.parse(policy).lets(topicArn)
                    ? CheckResult.well(name, "Its policy allows " + topicArn + " to send messages to it")
                    : CheckResult.wrong(
                            name, "Its policy does not allow " + topicArn + " to send messages to it" + remedy);
        } catch (UnreadableJson e) {
            return CheckResult.unknown(name, "Its policy cannot be read: " + e.getMessage());
        }
    }
}
