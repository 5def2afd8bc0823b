package lull.applications.sqs;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import lull.applications.turns.Answer;
import lull.applications.turns.Application;
import lull.applications.turns.ConversationState;
import lull.applications.turns.TurnForm;
import lull.contract.turn.Turn;
import lull.lanes.Outcome;
import lull.lanes.PauseScope;
import lull.runtime.Sha256;
import lull.runtime.aws.AwsClients;
import lull.runtime.aws.AwsErrors;
import lull.runtime.aws.AwsReasons;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/// Application that reads its turns from a queue of Amazon SQS, and answers by `POST /replies`. In a
/// FIFO queue the turns of a conversation stay in order, and one that is sent twice within five minutes
/// arrives once; else the id tells. Safe for several threads.
public final class AwsQueueApplication implements Application {

    private static final String FIFO = ".fifo";
    private static final int FORBIDDEN = 403;
    private static final int FAULT = 500;

    private final String name;
    private final String url;
    private final SqsClient sqs;

    /// @param name of the application's destination
    /// @param aws which the caller closes; its calls must be done once
    public AwsQueueApplication(String name, String url, AwsClients aws, String region, Optional<URI> endpoint) {
        this.name = name;
        this.url = url;
        this.sqs = aws.create(SqsClient.builder(), region, endpoint);
    }

    @Override
    public Given give(String id, Turn turn, ConversationState conversation) {
        SendMessageRequest.Builder message = SendMessageRequest.builder()
                .queueUrl(url)
                .messageBody(new String(TurnForm.bytes(id, turn, conversation.transcripts()), StandardCharsets.UTF_8))
                .messageAttributes(Map.of("webhook-id", text(id), "type", text(TurnForm.TYPE)));
        if (url.endsWith(FIFO)) {
            // The names of groups are seen where queues are watched, and a conversation has a phone number.
            message.messageGroupId(Sha256.hex(turn.conversation().toString())).messageDeduplicationId(id);
        }
        try {
            sqs.sendMessage(message.build());
            return new Given.Taken(Answer.NONE);
        } catch (AwsServiceException e) {
            return new Given.Failed(refused(e));
        } catch (SdkException e) {
            return new Given.Failed(Outcome.retry("Destination " + name + ": " + AwsReasons.of("SQS", e)));
        }
    }

    private Outcome.Failure refused(AwsServiceException e) {
        String reason = "Destination " + name + ": " + AwsReasons.of("SQS", e);
        String code = e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
                ? ""
                : e.awsErrorDetails().errorCode();
        if (e.isThrottlingException() || e.statusCode() >= FAULT || code.contains("Throttl")) {
            return Outcome.retry(reason);
        }
        boolean isOfTheTurn = code.contains("InvalidMessageContents")
                || code.contains("InvalidParameterValue")
                || code.contains("MessageTooLong");
        return isOfTheTurn && !AwsErrors.isCredentials(e) && e.statusCode() != FORBIDDEN
                ? new Outcome.Reject(reason)
                : new Outcome.Pause(new PauseScope("destination", name), reason);
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }
}
