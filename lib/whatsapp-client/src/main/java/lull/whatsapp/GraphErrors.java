package lull.whatsapp;

import java.io.IOException;
import java.time.Duration;

/// Mapping from [GraphError] to [WhatsAppError] for calls of one business number. The code decides,
/// because throttling also has status 400. Codes about the token, or about permissions that it lacks,
/// stop the numbers that use the token; codes about the number or its account stop only the number.
final class GraphErrors {

    private static final Duration SOON = Duration.ofSeconds(1);

    /// WhatsApp's long-term limit for a pair of numbers is one message in six seconds.
    private static final Duration PAIR = Duration.ofSeconds(6);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ErrorScope number;
    private final ErrorScope token;

    /// @param tokenSetting the setting with the access token of the business number
    GraphErrors(String businessNumber, String tokenSetting) {
        this.number = new ErrorScope.BusinessNumber(businessNumber);
        this.token = new ErrorScope.AccessToken(tokenSetting);
    }

    /// Maps an error.
    WhatsAppError of(GraphError error) {
        return switch (error) {
            case GraphError.NoToken missing -> new WhatsAppError.Misconfigured(number, missing.reason());
            case GraphError.NotConnected(IOException cause) ->
                new WhatsAppError.Transient(Duration.ZERO, "WhatsApp cannot be reached: " + name(cause));
            case GraphError.NoResponse(IOException cause) ->
                new WhatsAppError.Unclear(false, "WhatsApp does not answer: " + name(cause));
            case GraphError.Rejected rejected ->
                rejected.code().isPresent()
                        ? ofCode(rejected.code().getAsInt(), rejected.status())
                        : ofStatus(rejected.status());
        };
    }

    private WhatsAppError ofCode(int code, int status) {
        String reason = "WhatsApp answered " + status + ", code " + code;
        if (code >= 200 && code <= 299) {
            return new WhatsAppError.Misconfigured(token, reason);
        }
        return switch (code) {
            // After these errors the message may have been sent.
            case 1, 2, 131000, 131016, 131057, 133004 -> new WhatsAppError.Unclear(true, reason);
            case 4, 80007, 130429 -> new WhatsAppError.Transient(SOON, reason);
            case 131056 -> new WhatsAppError.Transient(PAIR, reason);
            case 2494100 -> new WhatsAppError.Transient(MINUTE, reason);
            case 0, 3, 10, 190, 131005 -> new WhatsAppError.Misconfigured(token, reason);
            case 33, 368, 131031, 131037, 131042, 131044, 131045 -> new WhatsAppError.Misconfigured(number, reason);
            default ->
                isAboutRegistration(code)
                        ? new WhatsAppError.Misconfigured(number, reason)
                        : new WhatsAppError.Refused(code, reason);
        };
    }

    /// Whether a code is of the family that says why a number is not registered.
    private static boolean isAboutRegistration(int code) {
        return code >= 133_000 && code <= 133_999;
    }

    /// Maps a response without a readable code, such as that of a proxy.
    private WhatsAppError ofStatus(int status) {
        String reason = "WhatsApp answered " + status;
        return switch (status) {
            case 401, 403 -> new WhatsAppError.Misconfigured(token, reason);
            case 404 -> new WhatsAppError.Misconfigured(number, reason);
            // A proxy that times out does not take back a request that it has forwarded.
            default ->
                status == 408 || status >= 500
                        ? new WhatsAppError.Unclear(true, reason)
                        : new WhatsAppError.Transient(SOON, reason);
        };
    }

    private static String name(IOException cause) {
        return cause.getClass().getSimpleName();
    }
}
