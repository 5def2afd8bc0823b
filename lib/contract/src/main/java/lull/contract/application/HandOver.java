package lull.contract.application;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Request of an application that a person takes over the conversation. Immutable.
///
/// @param reason why, in a few words; absent if the application gave none
/// @param note what the agent should know; absent if the application wrote none
/// @param attributes contact attributes of the chat that is opened
/// @param before what customer and application said last before this turn, oldest first
public record HandOver(
        @Nullable String reason, @Nullable String note, Map<String, String> attributes, List<Exchange> before) {

    /// The longest reason, in characters.
    public static final int LONGEST_REASON = 256;

    /// The longest note, in characters.
    public static final int LONGEST_NOTE = 8 * 1024;

    /// The most attributes.
    public static final int MOST_ATTRIBUTES = 50;

    /// The most bytes of all attributes together: what Amazon Connect accepts, with room for Lull's
    /// own.
    public static final int MOST_ATTRIBUTE_BYTES = 24 * 1024;

    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z0-9_-]{1,127}");

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

    /// Whether Amazon Connect accepts an attribute of this name: letters, digits, `-` and `_`.
    public static boolean isAttribute(String name) {
        return ATTRIBUTE.matcher(name).matches();
    }

    /// Returns the attributes that Amazon Connect accepts, in the order of their names: others are left
    /// out, and so are those that are too many or too large together.
    public SortedMap<String, String> acceptedAttributes() {
        return accepted(attributes);
    }

    /// Returns what Amazon Connect accepts of attributes, as above.
    public static SortedMap<String, String> accepted(Map<String, String> attributes) {
        SortedMap<String, String> accepted = new TreeMap<>();
        int bytes = 0;
        for (Map.Entry<String, String> attribute : new TreeMap<>(attributes).entrySet()) {
            int size = attribute.getKey().length() + attribute.getValue().getBytes(StandardCharsets.UTF_8).length;
            if (isAttribute(attribute.getKey())
                    && accepted.size() < MOST_ATTRIBUTES
                    && bytes + size <= MOST_ATTRIBUTE_BYTES) {
                accepted.put(attribute.getKey(), attribute.getValue());
                bytes += size;
            }
        }
        return accepted;
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
