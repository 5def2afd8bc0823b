package lull.bridge.pauses;

import java.time.Duration;
import lull.lanes.Outcome;
import lull.whatsapp.ErrorScope;
import lull.whatsapp.WhatsAppError;

/// Mapping from [WhatsAppError] to the outcome of a record. It is the only one. Pure.
public final class WhatsAppFailures {

    private WhatsAppFailures() {}

    /// Returns the outcome of a record whose call has failed.
    public static Outcome.Failure of(WhatsAppError error) {
        return switch (error) {
            case WhatsAppError.Unclear(boolean answered, String reason) -> Outcome.retry(reason);
            case WhatsAppError.Transient(Duration atLeast, String reason) -> new Outcome.Retry(atLeast, reason);
            case WhatsAppError.Refused(int code, String reason) -> new Outcome.Reject(reason);
            case WhatsAppError.Misconfigured(ErrorScope scope, String reason) ->
                new Outcome.Pause(Scopes.of(scope), reason);
        };
    }
}
