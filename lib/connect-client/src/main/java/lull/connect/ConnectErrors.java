package lull.connect;

import lull.runtime.aws.AwsErrors;
import org.jspecify.annotations.Nullable;

/// Mapping of the errors of Amazon Connect's two APIs. A known code decides, else the HTTP status.
/// Pure.
final class ConnectErrors {

    private ConnectErrors() {}

    /// Maps an error of the Connect API, where 403 means that our own permissions are wrong.
    static ConnectError ofConnect(int status, @Nullable String code, String detail) {
        String reason = reason(status, code, detail);
        return switch (code == null ? "" : code) {
            case "LimitExceededException", "ServiceQuotaExceededException" -> new ConnectError.QuotaReached(reason);
            case "ResourceNotFoundException", "ContactNotFoundException" -> new ConnectError.NotFound(reason);
            case "InvalidActiveRegionException" -> new ConnectError.Misconfigured(Extent.INSTANCE, reason);
            default -> {
                if (AwsErrors.isCredentials(code)) {
                    yield new ConnectError.Misconfigured(Extent.PROCESS, reason);
                }
                yield status == 403
                        ? new ConnectError.Misconfigured(Extent.INSTANCE, reason)
                        : ofEither(status, code, detail);
            }
        };
    }

    /// Maps an error of the Participant API, where 403 is about the participant's token.
    static ConnectError ofParticipant(int status, @Nullable String code, String detail) {
        return status == 403 ? new ConnectError.AccessDenied() : ofEither(status, code, detail);
    }

    private static ConnectError ofEither(int status, @Nullable String code, String detail) {
        String reason = reason(status, code, detail);
        return switch (status) {
            case 402 -> new ConnectError.QuotaReached(reason);
            case 404, 410 -> new ConnectError.NotFound(reason);
            case 429 -> new ConnectError.Throttled(reason);
            case 401 -> new ConnectError.Misconfigured(Extent.PROCESS, reason);
            case 408, 409 -> new ConnectError.Transient(reason);
            default ->
                status >= 400 && status < 500 ? new ConnectError.Invalid(reason) : new ConnectError.Transient(reason);
        };
    }

    private static String reason(int status, @Nullable String code, String detail) {
        return "Connect answered " + status + (code == null ? "" : " " + code) + detail;
    }
}
