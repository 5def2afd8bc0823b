package lull.contract.reply.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Object of a request, whose members are read one by one. Problems with them are added to a list, each
/// beginning with the member's path such as `message.text.body`. A null member counts as absent.
///
/// Reading continues after a problem, with an empty value, so that all problems are reported at once.
public final class CheckedObject {

    /// WhatsApp documents no limit.
    public static final int ANY_LENGTH = Integer.MAX_VALUE;

    private final ObjectNode object;
    private final String path;
    private final List<String> problems;
    private final Set<String> read = new HashSet<>();

    /// @param path of the object in the request, as problems name it; empty for the request itself
    /// @param problems to which problems are added
    public CheckedObject(ObjectNode object, String path, List<String> problems) {
        this.object = object;
        this.path = path;
        this.problems = problems;
    }

    /// Whether a member is present and not null.
    public boolean has(String name) {
        return object.hasNonNull(name);
    }

    /// Returns the names of all members, also of those that are null.
    public List<String> names() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /// Adds a problem of a member.
    public void problem(String name, String what) {
        problems.add(path(name) + " " + what);
    }

    /// Returns a member that must be an object; empty if it is not.
    public Optional<CheckedObject> object(String name) {
        read.add(name);
        if (object.get(name) instanceof ObjectNode member) {
            return Optional.of(new CheckedObject(member, path(name), problems));
        }
        problem(name, has(name) ? "must be an object" : "is needed");
        return Optional.empty();
    }

    /// Returns a member that must be an object if it is present.
    public Optional<CheckedObject> optionalObject(String name) {
        return has(name) ? object(name) : Optional.empty();
    }

    /// Returns a member that must be text, not blank, and at most this many characters long; empty text
    /// if it is not.
    public String text(String name, int longest) {
        String text = optionalText(name, longest);
        if (text == null) {
            if (!has(name)) {
                problem(name, "is needed");
            }
            return "";
        }
        if (text.isBlank()) {
            problem(name, "must not be blank");
        }
        return text;
    }

    /// Returns the same if the member is present; otherwise it is absent.
    @Nullable
    public String textIfThere(String name, int longest) {
        read.add(name);
        return has(name) ? text(name, longest) : null;
    }

    /// Returns a member that must be text of at most this many characters if it is present; it may be
    /// blank.
    @Nullable
    public String optionalText(String name, int longest) {
        read.add(name);
        if (!has(name)) {
            return null;
        }
        if (!object.path(name).isTextual()) {
            problem(name, "must be text");
            return null;
        }
        String text = object.path(name).textValue();
        if (text.codePointCount(0, text.length()) > longest) {
            problem(name, "must have at most " + longest + " characters");
        }
        return text;
    }

    /// Returns a member that must be true or false if it is present.
    @Nullable
    public Boolean flag(String name) {
        read.add(name);
        if (!has(name)) {
            return null;
        }
        if (!object.path(name).isBoolean()) {
            problem(name, "must be true or false");
            return null;
        }
        return object.path(name).booleanValue();
    }

    /// Returns a member that must be a number within these bounds, or text that is such a number.
    public BigDecimal number(String name, int min, int max) {
        read.add(name);
        Optional<BigDecimal> number = decimal(object.path(name));
        if (number.isEmpty()
                || number.get().compareTo(BigDecimal.valueOf(min)) < 0
                || number.get().compareTo(BigDecimal.valueOf(max)) > 0) {
            problem(name, has(name) ? "must be a number from " + min + " to " + max : "is needed");
            return BigDecimal.ZERO;
        }
        return number.get();
    }

    /// Returns the elements of a member that must be a list of this many objects; empty if it is not.
    public List<CheckedObject> objects(String name, int min, int max) {
        ArrayNode list = list(name, min, max);
        List<CheckedObject> objects = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof ObjectNode element) {
                objects.add(new CheckedObject(element, path(name) + "[" + i + "]", problems));
            }
        }
        return objects;
    }

    /// Returns a member that must be a list of this many objects; empty if it is not.
    public ArrayNode list(String name, int min, int max) {
        read.add(name);
        if (!(object.get(name) instanceof ArrayNode list)) {
            problem(name, has(name) ? "must be a list" : "is needed");
            return object.arrayNode();
        }
        if (list.size() < min || list.size() > max) {
            problem(name, "must have " + min + " to " + max + " elements");
        }
        for (int i = 0; i < list.size(); i++) {
            if (!list.get(i).isObject()) {
                problem(name + "[" + i + "]", "must be an object");
            }
        }
        return list;
    }

    /// Returns the members that were not read; absent if there are none.
    @Nullable
    public ObjectNode more() {
        ObjectNode more = object.deepCopy().remove(read);
        return more.isEmpty() ? null : more;
    }

    /// Reports every member that was not read as a problem.
    public void nothingElse() {
        ObjectNode more = more();
        if (more != null) {
            more.fieldNames().forEachRemaining(name -> problem(name, "is not known here"));
        }
    }

    private static Optional<BigDecimal> decimal(JsonNode value) {
        if (value.isNumber()) {
            return Optional.of(value.decimalValue());
        }
        String text = value.isTextual() ? value.textValue() : "";
        return text.matches("-?[0-9]{1,3}(\\.[0-9]{1,30})?") ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    private String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
