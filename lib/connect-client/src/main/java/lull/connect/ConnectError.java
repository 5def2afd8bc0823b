package lull.connect;

import java.time.Duration;

/// Error of a call of Amazon Connect. Reasons are in words, without anything personal.
public sealed interface ConnectError {

    /// Whether a call about a chat that was open failed because the chat is over.
    default boolean isChatOver() {
        return this instanceof AccessDenied || this instanceof NotFound;
    }

    /// The participant's token is not valid any more: it has expired, or its chat is over.
    record AccessDenied() implements ConnectError {}

    /// Too many calls just now.
    record Throttled(String reason) implements ConnectError {}

    /// Connect was not called, as others have taken all that its pace allows.
    ///
    /// @param time until there may be room
    record Paced(Duration time) implements ConnectError {}

    /// A quota is used up, such as that of concurrent chats; it takes minutes until there is room.
    record QuotaReached(String reason) implements ConnectError {}

    /// The network or Connect itself; whether it was done is not known.
    record Transient(String reason) implements ConnectError {}

    /// What the call names does not exist, or not yet.
    record NotFound(String reason) implements ConnectError {}

    /// Connect will never take this request.
    record Invalid(String reason) implements ConnectError {}

    /// Credentials, permissions or ids are wrong: nothing that this extends to will work until a person helps.
    record Misconfigured(Extent extent, String reason) implements ConnectError {}
}
