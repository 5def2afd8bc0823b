package lull.applications.lambda;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import lull.applications.turns.Answer;
import lull.applications.turns.AnswerReader;
import lull.applications.turns.Application;
import lull.applications.turns.ConversationState;
import lull.applications.turns.TurnForm;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.turn.Turn;
import lull.lanes.Outcome;
import lull.lanes.PauseScope;
import lull.runtime.aws.AwsClients;
import lull.runtime.aws.AwsErrors;
import lull.runtime.aws.AwsReasons;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// Application that is a function of AWS Lambda. A turn is the function's event. If it is awaited, what
/// the function returns is the answer; else it answers by `POST /replies`. Safe for several threads.
public final class AwsLambdaApplication implements Application {

    /// What Lambda takes in a call that waits, and in one that does not.
    private static final int MAX_AWAITED = 6 * 1024 * 1024;

    private static final int MAX_EVENT = 1024 * 1024;

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TOO_LARGE = 413;
    private static final int UNSUPPORTED = 415;
    private static final int THROTTLED = 429;
    private static final int FAULT = 500;

    private final String name;
    private final Options options;
    private final LambdaClient lambda;

    /// How a function is called.
    ///
    /// @param function its name or ARN, with a version or alias if one is meant
    /// @param isAwaited whether its answer is awaited
    /// @param maxAnswerBytes of its answer
    /// @param answers reads what is in one
    public record Options(String function, boolean isAwaited, int maxAnswerBytes, AnswerReader answers) {}

    /// @param name of the application's destination
    /// @param aws which the caller closes; its calls must be done once and wait as long as the function
    public AwsLambdaApplication(String name, Options options, AwsClients aws, String region, Optional<URI> endpoint) {
        this.name = name;
        this.options = options;
        this.lambda = aws.create(LambdaClient.builder(), region, endpoint);
    }

    @Override
    public Given give(String id, Turn turn, ConversationState conversation) {
        byte[] event = TurnForm.bytes(id, turn, conversation.transcripts());
        int limit = options.isAwaited ? MAX_AWAITED : MAX_EVENT;
        if (event.length > limit) {
            return failed(new Outcome.Reject("The turn has " + event.length + " bytes, and Lambda takes " + limit));
        }
        InvokeRequest request = InvokeRequest.builder()
                .functionName(options.function)
                .invocationType(options.isAwaited ? InvocationType.REQUEST_RESPONSE : InvocationType.EVENT)
                .payload(SdkBytes.fromByteArrayUnsafe(event))
                .build();
        try {
            return given(lambda.invoke(request));
        } catch (AwsServiceException e) {
            return failed(refused(e));
        } catch (SdkException e) {
            return failed(Outcome.retry("Destination " + name + ": " + AwsReasons.of("Lambda", e)));
        }
    }

    private Given given(InvokeResponse response) {
        String error = response.functionError();
        if (error != null) {
            return failed(Outcome.retry("The function of destination " + name + " has failed: " + type(response)));
        }
        if (!options.isAwaited || response.payload() == null) {
            return new Given.Taken(Answer.NONE);
        }
        byte[] answer = response.payload().asByteArrayUnsafe();
        if (answer.length > options.maxAnswerBytes) {
            return new Given.Taken(
                    Answer.unreadable(List.of("The answer has more than " + options.maxAnswerBytes + " bytes")));
        }
        return new Given.Taken(isNull(answer) ? Answer.NONE : options.answers.read(answer));
    }

    /// A function that returns nothing returns `null`.
    private static boolean isNull(byte[] answer) {
        return new String(answer, StandardCharsets.UTF_8).strip().equals("null");
    }

    /// Returns the type of the error, without its message, which may contain what the customer wrote.
    private static String type(InvokeResponse response) {
        try {
            String type = response.payload() == null
                    ? ""
                    : Json.tree(response.payload().asByteArray())
                            .path("errorType")
                            .asText();
            return type.isBlank() ? response.functionError() : type;
        } catch (UnreadableJson e) {
            return response.functionError();
        }
    }

    private Outcome.Failure refused(AwsServiceException e) {
        String reason = "Destination " + name + ": " + AwsReasons.of("Lambda", e);
        if (AwsErrors.isCredentials(e)) {
            return paused(reason);
        }
        return switch (e.statusCode()) {
            case THROTTLED, CONFLICT -> Outcome.retry(reason);
            case TOO_LARGE, UNSUPPORTED -> new Outcome.Reject(reason);
            case FORBIDDEN, NOT_FOUND -> paused(reason);
            default ->
                e.statusCode() >= FAULT && !isOfTheFunction(e)
                        ? Outcome.retry(reason)
                        : isOfTheTurn(e) ? new Outcome.Reject(reason) : paused(reason);
        };
    }

    /// Whether an error with the status of a fault does not pass by itself, such as one of a key, a
    /// subnet or the function's package.
    private static boolean isOfTheFunction(AwsServiceException e) {
        return switch (code(e)) {
            case "KMSAccessDeniedException",
                    "KMSDisabledException",
                    "KMSInvalidStateException",
                    "KMSNotFoundException",
                    "InvalidSecurityGroupIDException",
                    "InvalidSubnetIDException",
                    "InvalidRuntimeException",
                    "InvalidZipFileException" -> true;
            default -> false;
        };
    }

    private static boolean isOfTheTurn(AwsServiceException e) {
        return code(e).equals("InvalidRequestContentException");
    }

    private static String code(AwsServiceException e) {
        String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
        return code == null ? "" : code;
    }

    private Outcome.Failure paused(String reason) {
        return new Outcome.Pause(new PauseScope("destination", name), reason);
    }

    private static Given failed(Outcome.Failure failure) {
        return new Given.Failed(failure);
    }
}
