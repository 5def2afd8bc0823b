package lull.bridge.pauses;

import java.time.Duration;
import java.util.function.Function;
import lull.connect.ConnectError;
import lull.connect.Extent;
import lull.lanes.Outcome;
import lull.lanes.PauseScope;

/// Mapping from [ConnectError] to the outcome of a record. It is the only one: a flow that ends records otherwise, such
/// as one whose notes are not worth a pause, decides by the outcome and not by the error. Pure.
///
/// @param quotaWait how long to wait while a quota is used up
/// @param scopeOf what a wrong setting pauses
public record ConnectFailures(Duration quotaWait, Function<Extent, PauseScope> scopeOf) {

    /// For flows of which a wrong setting pauses everything.
    public static final ConnectFailures OF_PROCESS = new ConnectFailures(Duration.ZERO, _ -> Scopes.process());

    /// The outcome of a record whose call has failed.
    public Outcome.Failure of(ConnectError error) {
        return switch (error) {
            // If the chat is open, our own permissions are meant.
            case ConnectError.AccessDenied denied ->
                new Outcome.Pause(scopeOf.apply(Extent.NUMBER), "Amazon Connect denies access");
            case ConnectError.Throttled(String reason) -> Outcome.retry(reason);
            case ConnectError.Paced(Duration wait) -> new Outcome.Deferred(wait);
            case ConnectError.QuotaReached(String reason) -> new Outcome.Retry(quotaWait, reason);
            case ConnectError.Transient(String reason) -> Outcome.retry(reason);
            // It is the fault of one contact: the others go on.
            case ConnectError.NotFound(String reason) -> Outcome.retry(reason);
            case ConnectError.Invalid(String reason) -> new Outcome.Reject(reason);
            case ConnectError.Misconfigured(Extent extent, String reason) ->
                new Outcome.Pause(scopeOf.apply(extent), reason);
        };
    }
}
