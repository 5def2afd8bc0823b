package lull.connect;

import java.time.Duration;

/// Error of a call of Amazon Connect. Reasons are in words, without anything personal.
public sealed interface ConnectError {

    /// Whether a call about a chat that was open failed because the chat has ended.
    default boolean isChatOver() {
        return this instanceof AccessDenied || this instanceof NotFound;
    }

    /// The participant's token is no longer valid: it has expired, or its chat has ended.
    record AccessDenied() implements ConnectError {}

    /// Connect has throttled the call.
    record Throttled(String reason) implements ConnectError {}

    /// Connect was not called, because other calls have used up the rate limit.
    ///
    /// @param time until there may be room
    record Paced(Duration time) implements ConnectError {}

    /// A quota is used up, such as that of concurrent chats; it takes minutes until there is room.
    record QuotaReached(String reason) implements ConnectError {}

    /// The network or Connect itself failed; it is unknown whether the call had an effect.
    record Transient(String reason) implements ConnectError {}

    /// A resource that the call names does not exist, or does not exist yet.
    record NotFound(String reason) implements ConnectError {}

    /// Connect will never accept this request.
    record Invalid(String reason) implements ConnectError {}

    /// Credentials, permissions or ids are wrong: nothing in this extent will work until an operator
    /// helps.
    record Misconfigured(Extent extent, String reason) implements ConnectError {}
}
