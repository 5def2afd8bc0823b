package lull.standins.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The members of a request, read with the checks that the SDK leaves to the service: present, of the right type,
/// long enough and not too long. Whatever fails is an `ApiException`.
final class Members {
    private final Operation.Api api;
    private final String prefix;
    private final ObjectNode tree;

    Members(Operation.Api api, ObjectNode tree) {
        this(api, "", tree);
    }

    private Members(Operation.Api api, String prefix, ObjectNode tree) {
        this.api = api;
        this.prefix = prefix;
        this.tree = tree;
    }

    String text(String name, int shortest, int longest) {
        return optionalText(name, shortest, longest).orElseThrow(() -> missing(name));
    }

    Optional<String> optionalText(String name, int shortest, int longest) {
        return value(name).map(value -> {
            if (!value.isTextual()) {
                throw invalid(name, "must be a string");
            }
            int length = value.textValue().codePointCount(0, value.textValue().length());
            if (length < shortest || length > longest) {
                throw invalid(name, "must be from %d to %d characters long".formatted(shortest, longest));
            }
            return value.textValue();
        });
    }

    <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        return optionalText(name, 0, Integer.MAX_VALUE)
                .map(given -> Arrays.stream(type.getEnumConstants())
                        .filter(option -> option.name().equals(given))
                        .findFirst()
                        .orElseThrow(
                                () -> invalid(name, "must be one of " + Arrays.toString(type.getEnumConstants()))));
    }

    Optional<Long> number(String name, long least, long most) {
        return value(name).map(value -> {
            if (!value.isIntegralNumber() || value.longValue() < least || value.longValue() > most) {
                throw invalid(name, "must be a whole number from %d to %d".formatted(least, most));
            }
            return value.longValue();
        });
    }

    boolean flag(String name) {
        return value(name)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw invalid(name, "must be true or false");
                    }
                    return value.booleanValue();
                })
                .orElse(false);
    }

    Members object(String name) {
        return optionalObject(name).orElseThrow(() -> missing(name));
    }

    Optional<Members> optionalObject(String name) {
        return value(name).map(value -> {
            if (!(value instanceof ObjectNode object)) {
                throw invalid(name, "must be an object");
            }
            return new Members(api, prefix + name + ".", object);
        });
    }

    /// A list of objects, empty when the member is absent.
    List<Members> objects(String name) {
        List<Members> objects = new ArrayList<>();
        value(name).ifPresent(value -> {
            if (!(value instanceof ArrayNode)) {
                throw invalid(name, "must be a list");
            }
            for (JsonNode item : value) {
                if (!(item instanceof ObjectNode object)) {
                    throw invalid(name, "must be a list of objects");
                }
                objects.add(new Members(api, prefix + name + ".", object));
            }
        });
        return objects;
    }

    /// A list of strings, empty when the member is absent.
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        value(name).ifPresent(value -> {
            if (!(value instanceof ArrayNode)) {
                throw invalid(name, "must be a list");
            }
            for (JsonNode item : value) {
                if (!item.isTextual()) {
                    throw invalid(name, "must be a list of strings");
                }
                texts.add(item.textValue());
            }
        });
        return texts;
    }

    /// A map of strings, empty when the member is absent.
    Map<String, String> map(String name) {
        Map<String, String> map = new LinkedHashMap<>();
        value(name).ifPresent(value -> {
            if (!(value instanceof ObjectNode object)) {
                throw invalid(name, "must be a map");
            }
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                if (!entry.getValue().isTextual()) {
                    throw invalid(name, "must be a map of strings");
                }
                map.put(entry.getKey(), entry.getValue().textValue());
            }
        });
        return map;
    }

    ApiException missing(String name) {
        return ApiException.missing(api, "%s%s is required".formatted(prefix, name));
    }

    ApiException invalid(String name, String rule) {
        return ApiException.invalid(api, "%s%s %s".formatted(prefix, name, rule));
    }

    boolean has(String name) {
        return value(name).isPresent();
    }

    private Optional<JsonNode> value(String name) {
        JsonNode value = tree.path(name);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
    }
}
