package lull.bridge.outbound.events;

import java.util.Set;
import lull.bridge.outbound.joins.JoinItem;
import org.jspecify.annotations.Nullable;

/// Identity of the event in a record of `connect.chat.event`.
///
/// @param id Connect's id of the item
/// @param visibility who may see it, from an attribute of its notification
public record ReceivedEvent(String id, What what, @Nullable String visibility) {

    /// Visibilities of events that the customer may see.
    static final Set<String> FOR_CUSTOMERS = JoinItem.FOR_CUSTOMERS;

    /// Part of an event that distinguishes two events of one item.
    ///
    /// @param status of a file
    public record What(@Nullable String status) {}

    /// Whether its notification said that the customer may not see it.
    boolean isHidden() {
        String seenBy = visibility();
        return seenBy != null && !FOR_CUSTOMERS.contains(seenBy);
    }

    SeenEvents.Id seen(String initialContactId) {
        String status = what.status();
        return new SeenEvents.Id(initialContactId, id, status == null ? "" : status);
    }
}
