package lull.bridge.whatsapp;

import java.time.Duration;
import lull.bridge.whatsapp.ReplySender.Delivery;

/// What the Graph API's error codes mean for a reply. The code decides, as throttling comes with status 400 too.
final class GraphErrors {

    private static final Duration SOON = Duration.ofSeconds(1);

    /// One message in six seconds is what WhatsApp takes for a pair of numbers in the long run.
    private static final Duration PAIR = Duration.ofSeconds(6);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private GraphErrors() {}

    /// The meaning of an error with a code.
    static Delivery of(int code, int status) {
        String reason = "WhatsApp answered " + status + ", code " + code;
        if (code >= 200 && code <= 299) {
            return new Delivery.Misconfigured(reason);
        }
        return switch (code) {
            // After these the message may be out.
            case 1, 2, 131000, 131016, 131057, 133004 -> new Delivery.Unclear(true, reason);
            case 4, 80007, 130429 -> new Delivery.Again(SOON, reason);
            case 131056 -> new Delivery.Again(PAIR, reason);
            case 2494100 -> new Delivery.Again(MINUTE, reason);
            case 0, 3, 10, 33, 190, 368 -> new Delivery.Misconfigured(reason);
            case 131005, 131031, 131037, 131042, 131045 -> new Delivery.Misconfigured(reason);
            case 133005, 133006, 133008, 133009, 133010, 133015 -> new Delivery.Misconfigured(reason);
            default -> new Delivery.Refused(code, reason);
        };
    }

    /// The meaning of an answer without a readable code, as proxies give.
    static Delivery withoutCode(int status) {
        String reason = "WhatsApp answered " + status;
        if (status == 401 || status == 403 || status == 404) {
            return new Delivery.Misconfigured(reason);
        }
        // A proxy that gives up waiting does not take back what it has passed on.
        return status == 408 || status >= 500 ? new Delivery.Unclear(true, reason) : new Delivery.Again(SOON, reason);
    }
}
