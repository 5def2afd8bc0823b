package lull.standins.connect;

/// Effect of a step of a chat, in order.
sealed interface Effect permits Said, Effect.NextContact {
    /// From here on the chat runs under a new contact id; its initial contact id stays.
    record NextContact() implements Effect {}
}
