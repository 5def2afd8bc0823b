package lull.connect;

import java.time.Duration;

/// What Amazon Connect answered.
public sealed interface Answer<T> {

    record Ok<T>(T value) implements Answer<T> {}

    record Failed<T>(Trouble trouble) implements Answer<T> {}

    /// Why Amazon Connect did not do it. Reasons are in words, without anything personal.
    sealed interface Trouble {

        /// The participant's token is not valid any more: it has expired, or its chat is over.
        record AccessDenied() implements Trouble {}

        /// Too many calls just now.
        record Throttled(String reason) implements Trouble {}

        /// Connect was not called, as others have taken all that its pace allows.
        ///
        /// @param time until there may be room
        record Paced(Duration time) implements Trouble {}

        /// A quota is used up, such as that of concurrent chats; it takes minutes until there is room.
        record QuotaReached(String reason) implements Trouble {}

        /// The network or Connect itself; whether it was done is not known.
        record Passing(String reason) implements Trouble {}

        /// What the call names does not exist, or not yet.
        record NotFound(String reason) implements Trouble {}

        /// Connect will never take this request.
        record Invalid(String reason) implements Trouble {}

        /// Credentials, permissions or ids are wrong: nothing that this extends to will work until a person helps.
        record Misconfigured(Extent extent, String reason) implements Trouble {}
    }

    /// What a wrong setting spoils.
    enum Extent {
        /// Every call, as the credentials are wrong.
        PROCESS,
        /// Calls of one Amazon Connect instance, as they are not allowed.
        INSTANCE,
        /// Calls for one business number, as its flow, instance or topic is wrong.
        NUMBER
    }
}
