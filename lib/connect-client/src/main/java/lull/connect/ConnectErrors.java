package lull.connect;

import lull.connect.Answer.Extent;
import lull.connect.Answer.Trouble;
import lull.runtime.aws.AwsErrors;
import org.jspecify.annotations.Nullable;

/// What the errors of Amazon Connect's two APIs mean. The code decides where it is known, else the HTTP status.
final class ConnectErrors {

    private ConnectErrors() {}

    /// An error of the Connect API, where 403 means that our own permissions are wrong.
    static Trouble ofConnect(int status, @Nullable String code, String detail) {
        String reason = reason(status, code, detail);
        return switch (code == null ? "" : code) {
            case "LimitExceededException", "ServiceQuotaExceededException" -> new Trouble.QuotaReached(reason);
            case "ResourceNotFoundException", "ContactNotFoundException" -> new Trouble.NotFound(reason);
            case "InvalidActiveRegionException" -> new Trouble.Misconfigured(Extent.INSTANCE, reason);
            default -> {
                if (AwsErrors.isCredentials(code)) {
                    yield new Trouble.Misconfigured(Extent.PROCESS, reason);
                }
                yield status == 403
                        ? new Trouble.Misconfigured(Extent.INSTANCE, reason)
                        : ofEither(status, code, detail);
            }
        };
    }

    /// An error of the Participant API, where 403 is about the participant's token.
    static Trouble ofParticipant(int status, @Nullable String code, String detail) {
        return status == 403 ? new Trouble.AccessDenied() : ofEither(status, code, detail);
    }

    private static Trouble ofEither(int status, @Nullable String code, String detail) {
        String reason = reason(status, code, detail);
        return switch (status) {
            case 402 -> new Trouble.QuotaReached(reason);
            case 404, 410 -> new Trouble.NotFound(reason);
            case 429 -> new Trouble.Throttled(reason);
            case 401 -> new Trouble.Misconfigured(Extent.PROCESS, reason);
            case 408, 409 -> new Trouble.Passing(reason);
            default -> status >= 400 && status < 500 ? new Trouble.Invalid(reason) : new Trouble.Passing(reason);
        };
    }

    private static String reason(int status, @Nullable String code, String detail) {
        return "Connect answered " + status + (code == null ? "" : " " + code) + detail;
    }
}
