package lull.console.pages;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON as maps, lists and texts, as templates read it. Pure.
final class JsonMaps {

    private JsonMaps() {}

    /// Returns the members of an object. A member that is wanted and absent is null.
    static Map<String, @Nullable Object> of(JsonNode object, String... wanted) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (String name : wanted) {
            members.put(name, null);
        }
        object.properties().forEach(member -> members.put(member.getKey(), value(member.getValue())));
        return members;
    }

    private static @Nullable Object value(JsonNode node) {
        if (node.isObject()) {
            return of(node);
        }
        if (node.isArray()) {
            List<@Nullable Object> values = new ArrayList<>();
            node.forEach(each -> values.add(value(each)));
            return values;
        }
        if (node.isNull() || node.isMissingNode()) {
            return null;
        }
        return node.isBoolean()
                ? (Object) node.asBoolean()
                : node.isIntegralNumber()
                        ? (Object) node.asLong()
                        : node.isNumber() ? (Object) node.asDouble() : node.asText();
    }
}
