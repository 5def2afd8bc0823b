package lull.standins.connect;

/// A call that is refused the way the real service refuses it: an HTTP status, an error code, a message.
final class ApiException extends RuntimeException {
    private final int status;
    private final String code;

    ApiException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /// A token that is missing, unknown, expired or of the wrong kind, or whose chat is over. Nobody is told
    /// which.
    static ApiException accessDenied() {
        return new ApiException(403, "AccessDeniedException", "Access denied");
    }

    /// An operation that only AWS itself may call.
    static ApiException notForCustomers() {
        return new ApiException(
                403, "AccessDeniedException", "SendChatIntegrationEvent is open to AWS End User Messaging only");
    }

    static ApiException notFound(String message) {
        return new ApiException(404, "ResourceNotFoundException", message);
    }

    static ApiException invalidRequest(String message) {
        return new ApiException(400, "InvalidRequestException", message);
    }

    static ApiException validation(String message) {
        return new ApiException(400, "ValidationException", message);
    }

    /// Too many calls, in the words of the API.
    static ApiException throttled(Operation.Api api) {
        return switch (api) {
            case CONNECT -> new ApiException(429, "TooManyRequestsException", "Too many requests");
            case PARTICIPANT -> new ApiException(429, "ThrottlingException", "Rate exceeded");
        };
    }

    /// A member that is missing, in the words of the API.
    static ApiException missing(Operation.Api api, String message) {
        return switch (api) {
            case CONNECT -> invalidRequest(message);
            case PARTICIPANT -> validation(message);
        };
    }

    /// A member with a value that is not allowed, in the words of the API.
    static ApiException invalid(Operation.Api api, String message) {
        return switch (api) {
            case CONNECT -> new ApiException(400, "InvalidParameterException", message);
            case PARTICIPANT -> validation(message);
        };
    }

    /// The HTTP status that goes with an error code.
    static int usualStatus(String code) {
        return switch (code) {
            case "AccessDeniedException" -> 403;
            case "ResourceNotFoundException" -> 404;
            case "ConflictException" -> 409;
            case "ContactNotFoundException" -> 410;
            case "ServiceQuotaExceededException" -> 402;
            case "LimitExceededException", "ThrottlingException", "TooManyRequestsException" -> 429;
            case "InternalServerException", "InternalServiceException" -> 500;
            default -> 400;
        };
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
