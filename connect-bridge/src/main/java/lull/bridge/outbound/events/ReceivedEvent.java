package lull.bridge.outbound.events;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Identity of the event in a record of `connect.chat.event`.
///
/// @param id Connect's id of the item
/// @param visibility who may see it, as an attribute of its notification said
public record ReceivedEvent(String id, What what, @Nullable String visibility) {

    /// The visibilities of what the customer may see.
    static final Set<String> FOR_CUSTOMERS = Set.of("CUSTOMER", "ALL");

    /// What happened, as far as it tells two events of an item apart.
    ///
    /// @param status of a file
    public record What(@Nullable String status) {}

    /// Whether it came as something that the customer may not see.
    boolean isHidden() {
        String seenBy = visibility();
        return seenBy != null && !FOR_CUSTOMERS.contains(seenBy);
    }

    SeenEvents.Id seen(String initialContactId) {
        String status = what.status();
        return new SeenEvents.Id(initialContactId, id, status == null ? "" : status);
    }
}
