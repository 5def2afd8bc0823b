package lull.contract.reply;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What an agent should know when a customer answers a template with which the business has begun a
/// conversation. Immutable.
///
/// @param by who begins it, for people
/// @param note what the agent should know
/// @param attributes contact attributes of the chat to which the answer goes
public record Beginning(@Nullable String by, @Nullable String note, SortedMap<String, String> attributes) {

    @JsonCreator
    public Beginning {
        attributes = attributes == null
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    @Override
    public String toString() {
        return "Beginning[]";
    }
}
