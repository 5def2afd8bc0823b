package lull.runtime.aws;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Classification of errors that all AWS services share. Pure.
public final class AwsErrors {

    private AwsErrors() {}

    /// Whether an error means that AWS does not accept our credentials, regardless of the call.
    public static boolean isCredentials(AwsServiceException e) {
        return e.awsErrorDetails() != null && isCredentials(e.awsErrorDetails().errorCode());
    }

    /// Codes with which AWS rejects a signature before the service sees the call, some of them with
    /// status 400.
    public static boolean isCredentials(@Nullable String code) {
        return switch (code == null ? "" : code) {
            case "ExpiredTokenException",
                    "ExpiredToken",
                    "UnrecognizedClientException",
                    "InvalidSignatureException",
                    "InvalidClientTokenId",
                    "IncompleteSignature",
                    "MissingAuthenticationToken",
                    "MissingAuthenticationTokenException",
                    "SignatureDoesNotMatch" -> true;
            default -> false;
        };
    }
}
