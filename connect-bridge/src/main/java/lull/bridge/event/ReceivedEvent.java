package lull.bridge.event;

import org.jspecify.annotations.Nullable;

/// What of a record of `connect.chat.event` says which event it is.
///
/// @param id Connect's id of the item
public record ReceivedEvent(String id, What what) {

    /// What happened, as far as it tells two events of an item apart.
    ///
    /// @param status of a file
    public record What(@Nullable String status) {}

    SeenEvents.Id seen(String initialContactId) {
        String status = what.status();
        return new SeenEvents.Id(initialContactId, id, status == null ? "" : status);
    }
}
