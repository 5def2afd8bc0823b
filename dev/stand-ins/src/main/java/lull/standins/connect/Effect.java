package lull.standins.connect;

/// What a step of a chat brings about, in order.
sealed interface Effect permits Said, Effect.NextContact {
    /// From here on the chat runs under a new contact id; its initial contact id stays.
    record NextContact() implements Effect {}
}
