package lull.standins.connect;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Values that StartChatContact fixes for the whole life of a chat.
record Opening(
        String contactId,
        String flowId,
        Flow flow,
        Participant customer,
        Participant system,
        Set<String> contentTypes,
        Map<String, String> attributes,
        Duration duration,
        @Nullable String relatedContactId,
        Instant at) {
    Opening {
        contentTypes = Set.copyOf(contentTypes);
        attributes = Map.copyOf(attributes);
    }
}
