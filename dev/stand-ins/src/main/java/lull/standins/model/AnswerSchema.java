package lull.standins.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Check of a JSON schema as APIs with strict schemas demand it: objects have no additional
/// properties, and all of theirs are required. Pure.
final class AnswerSchema {

    private static final Set<String> BOUNDS =
            Set.of("minimum", "maximum", "minLength", "maxLength", "pattern", "format");

    private AnswerSchema() {}

    /// Returns what is wrong with a schema; empty if it is accepted.
    static Optional<String> problem(JsonNode schema) {
        return problem("$", schema);
    }

    private static Optional<String> problem(String path, JsonNode schema) {
        for (String bound : BOUNDS) {
            if (schema.has(bound)) {
                return Optional.of(path + ": '" + bound + "' is not permitted");
            }
        }
        return switch (schema.path("type").asText()) {
            case "object" -> object(path, schema);
            case "array" -> problem(path + "[]", schema.path("items"));
            case "string", "number", "integer", "boolean", "null" -> Optional.empty();
            default -> Optional.of(path + ": schema must have a 'type' key");
        };
    }

    private static Optional<String> object(String path, JsonNode schema) {
        JsonNode additional = schema.path("additionalProperties");
        if (!additional.isBoolean() || additional.booleanValue()) {
            return Optional.of(path + ": 'additionalProperties' is required to be supplied and to be false");
        }
        List<String> names = new ArrayList<>();
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        if (!required.equals(Set.copyOf(names))) {
            return Optional.of(path + ": 'required' is required to be an array including every key in properties");
        }
        return names.stream()
                .map(name ->
                        problem(path + "." + name, schema.path("properties").path(name)))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
