package lull.bridge.pauses;

import java.time.Duration;
import java.util.function.Function;
import lull.connect.ConnectError;
import lull.connect.Extent;
import lull.lanes.Outcome;
import lull.lanes.PauseScope;

/// Mapping from [ConnectError] to the outcome of a record. It is the only one: a flow that finishes
/// records in another way, such as one whose notes do not justify a pause, decides by the outcome and
/// not by the error. Pure.
///
/// @param quotaWait how long to wait while a quota is used up
/// @param scopeOf the scope that a wrong setting pauses
public record ConnectFailures(Duration quotaWait, Function<Extent, PauseScope> scopeOf) {

    /// Mapping for flows in which a wrong setting pauses everything.
    public static final ConnectFailures OF_PROCESS = new ConnectFailures(Duration.ZERO, _ -> Scopes.process());

    /// Returns the outcome of a record whose call has failed.
    public Outcome.Failure of(ConnectError error) {
        return switch (error) {
            // If the chat is open, the cause is our own permissions.
            case ConnectError.AccessDenied denied ->
                new Outcome.Pause(scopeOf.apply(Extent.NUMBER), "Amazon Connect denies access");
            case ConnectError.Throttled(String reason) -> Outcome.retry(reason);
            case ConnectError.Paced(Duration wait) -> new Outcome.Deferred(wait);
            case ConnectError.QuotaReached(String reason) -> new Outcome.Retry(quotaWait, reason);
            case ConnectError.Transient(String reason) -> Outcome.retry(reason);
            // Only one contact is affected: the others continue.
            case ConnectError.NotFound(String reason) -> Outcome.retry(reason);
            case ConnectError.Invalid(String reason) -> new Outcome.Reject(reason);
            case ConnectError.Misconfigured(Extent extent, String reason) ->
                new Outcome.Pause(scopeOf.apply(extent), reason);
        };
    }
}
