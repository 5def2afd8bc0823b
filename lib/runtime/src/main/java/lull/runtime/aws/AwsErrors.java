package lull.runtime.aws;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// The meaning of errors that all services of AWS share. Pure.
public final class AwsErrors {

    private AwsErrors() {}

    /// Whether an error says that AWS does not accept our credentials, whatever the call was about.
    public static boolean isCredentials(AwsServiceException e) {
        return e.awsErrorDetails() != null && isCredentials(e.awsErrorDetails().errorCode());
    }

    /// Codes with which AWS refuses a signature before the service sees the call, some of them with status 400.
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
