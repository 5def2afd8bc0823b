package lull.contract.application;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Request of an application that a person takes over the conversation. Immutable.
///
/// @param reason why, in a few words; absent if the application gave none
/// @param note what the agent should know; absent if the application wrote none
/// @param attributes contact attributes of the chat that is opened
public record HandOver(
        @Nullable String reason,
        @Nullable String note,
        Map<String, String> attributes) {
    public HandOver {
        attributes = Map.copyOf(attributes);
    }

    @Override
    public String toString() {
        return "HandOver[]";
    }
}
