package lull.runtime.aws;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/// Reasons why a call of AWS has failed, in words for operators: with AWS's own code and message. Pure.
public final class AwsReasons {

    private static final int LONGEST = 300;

    private AwsReasons() {}

    /// Returns the reason of a failed call, in words.
    ///
    /// @param service its usual name, such as SQS
    public static String of(String service, SdkException failure) {
        return switch (failure) {
            case AwsServiceException refusal -> service + " answers " + refusal.statusCode() + sentence(refusal);
            case SdkClientException none when isWithoutCredentials(none) -> "there are no AWS credentials";
            default -> service + " does not answer: " + innermost(failure);
        };
    }

    /// Whether the SDK has found no credentials; it has no type of its own for that.
    static boolean isWithoutCredentials(SdkClientException failure) {
        return String.valueOf(failure.getMessage()).contains("Unable to load credentials");
    }

    private static String sentence(AwsServiceException refusal) {
        if (refusal.awsErrorDetails() == null) {
            return "";
        }
        String code = refusal.awsErrorDetails().errorCode();
        String message = refusal.awsErrorDetails().errorMessage();
        return (code == null ? "" : ", " + code)
                + (message == null || message.isBlank() ? "" : ": " + shortened(message));
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        for (Throwable next = failure.getCause(); next != null; next = next.getCause()) {
            cause = next;
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : shortened(message);
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
