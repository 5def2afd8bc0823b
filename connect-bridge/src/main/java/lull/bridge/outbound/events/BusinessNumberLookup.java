package lull.bridge.outbound.events;

import java.util.Optional;

/// Port to the business numbers of chats.
@FunctionalInterface
public interface BusinessNumberLookup {

    /// Returns the business number to whose customer the chat of an initial contact belongs; empty if none is
    /// known.
    Optional<String> businessNumber(String initialContactId) throws InterruptedException;
}
