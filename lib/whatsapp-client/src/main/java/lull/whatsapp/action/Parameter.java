package lull.whatsapp.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Parameter of an action.
///
/// @param isRequired whether an action without it is refused
/// @param description for people, without the limits, which the type says
public record Parameter(String name, ParameterType type, boolean isRequired, String description) {

    /// A parameter that must be given.
    public static Parameter required(String name, ParameterType type, String description) {
        return new Parameter(name, type, true, description);
    }

    /// A parameter that may be absent.
    public static Parameter optional(String name, ParameterType type, String description) {
        return new Parameter(name, type, false, description);
    }

    /// Adds the problems of its value in an object of parameters.
    ///
    /// @param path of the object, with a dot at its end unless it is empty
    void check(ObjectNode given, String path, List<String> problems) {
        JsonNode value = given.get(name);
        if (value == null || value.isNull()) {
            if (isRequired) {
                problems.add(path + name + " is required: " + type.words());
            }
        } else {
            type.check(path + name, value, problems);
        }
    }
}
