package lull.contract.application;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Request of an application that a person takes over the conversation. Immutable.
///
/// @param reason why, in a few words; absent if the application gave none
/// @param note what the agent should know; absent if the application wrote none
/// @param attributes contact attributes of the chat that is opened
/// @param before what customer and application said last before this turn, oldest first
public record HandOver(
        @Nullable String reason, @Nullable String note, Map<String, String> attributes, List<Exchange> before) {

    @JsonCreator
    public HandOver {
        attributes = Map.copyOf(attributes);
        // Earlier records have none.
        before = before == null ? List.of() : List.copyOf(before);
    }

    /// Creates a request without what was said before.
    public HandOver(@Nullable String reason, @Nullable String note, Map<String, String> attributes) {
        this(reason, note, attributes, List.of());
    }

    /// Returns the same with what was said before.
    public HandOver after(List<Exchange> exchanges) {
        return new HandOver(reason, note, attributes, exchanges);
    }

    @Override
    public String toString() {
        return "HandOver[]";
    }
}
