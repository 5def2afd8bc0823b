package lull.standins.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The JSON object that a control route was given. Every reader refuses a member of the wrong type by its name.
public final class ControlBody {
    private final ObjectNode tree;

    private ControlBody(ObjectNode tree) {
        this.tree = tree;
    }

    public static ControlBody of(Context context) {
        return new ControlBody(Json.read(context.bodyAsBytes())
                .orElseThrow(() -> ControlException.badRequest("the body must be a JSON object")));
    }

    public String text(String name) {
        return optionalText(name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> ControlException.badRequest("'%s' is required".formatted(name)));
    }

    public Optional<String> optionalText(String name) {
        JsonNode value = tree.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw ControlException.badRequest("'%s' must be a string".formatted(name));
        }
        return Optional.of(value.textValue());
    }

    public Optional<Integer> number(String name, int least, int most) {
        JsonNode value = tree.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
            throw ControlException.badRequest("'%s' must be a whole number from %d to %d".formatted(name, least, most));
        }
        return Optional.of(value.intValue());
    }

    public boolean flag(String name) {
        JsonNode value = tree.path(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw ControlException.badRequest("'%s' must be true or false".formatted(name));
        }
        return value.asBoolean(false);
    }

    public <E extends Enum<E>> E choice(String name, Class<E> type, E fallback) {
        String given = optionalText(name).orElse(fallback.name());
        return Arrays.stream(type.getEnumConstants())
                .filter(option -> option.name().equals(given.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> ControlException.badRequest(
                        "'%s' must be one of %s".formatted(name, Arrays.toString(type.getEnumConstants()))));
    }
}
