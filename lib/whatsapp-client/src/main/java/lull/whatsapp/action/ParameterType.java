package lull.whatsapp.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lull.contract.json.Json;
import org.jspecify.annotations.Nullable;

/// Type of a parameter, with its limits. Every limit is in [#words()], in [#schema()] and in [#check].
public sealed interface ParameterType {

    /// Adds what is wrong with a value, beginning with its path.
    void check(String path, JsonNode value, List<String> problems);

    /// The type and its limits, for people, such as `text of 1 to 25 characters`.
    String words();

    /// The type as a JSON schema.
    ObjectNode schema();

    /// Text.
    ///
    /// @param form that it must match; absent: any
    /// @param meaning of the form, for people, such as `lower-case letters, digits and _`
    record Text(int min, int max, @Nullable Pattern form, String meaning) implements ParameterType {

        @Override
        public void check(String path, JsonNode value, List<String> problems) {
            if (!value.isTextual()) {
                problems.add(path + " must be " + words());
                return;
            }
            String text = value.textValue();
            int length = text.codePointCount(0, text.length());
            if (length < min || length > max || (min > 0 && text.isBlank())) {
                problems.add(path + " must be " + words() + ", but has " + length);
            } else if (form() != null && !form().matcher(text).matches()) {
                problems.add(path + " must be " + words());
            }
        }

        @Override
        public String words() {
            String size = min == max
                    ? "text of " + max + " characters"
                    : "text of " + (min == 0 ? "up to " : min + " to ") + max + " characters";
            return meaning.isEmpty() ? size : size + ": " + meaning;
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema =
                    Json.object().put("type", "string").put("minLength", min).put("maxLength", max);
            Pattern pattern = form();
            return pattern == null ? schema : schema.put("pattern", "^(?:" + pattern.pattern() + ")$");
        }
    }

    /// One of some words.
    record Word(List<String> all) implements ParameterType {

        public Word {
            all = List.copyOf(all);
        }

        @Override
        public void check(String path, JsonNode value, List<String> problems) {
            if (!value.isTextual() || !all.contains(value.textValue())) {
                problems.add(path + " must be " + words());
            }
        }

        @Override
        public String words() {
            return "one of "
                    + all.stream().map(word -> word.isEmpty() ? "\"\"" : word).collect(Collectors.joining(", "));
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = Json.object().put("type", "string");
            all.forEach(schema.putArray("enum")::add);
            return schema;
        }
    }

    /// A whole number.
    record Whole(long min, long max) implements ParameterType {

        @Override
        public void check(String path, JsonNode value, List<String> problems) {
            if (!value.isIntegralNumber()
                    || !value.canConvertToLong()
                    || value.longValue() < min
                    || value.longValue() > max) {
                problems.add(path + " must be " + words());
            }
        }

        @Override
        public String words() {
            return "a whole number from " + min + " to " + max;
        }

        @Override
        public ObjectNode schema() {
            return Json.object().put("type", "integer").put("minimum", min).put("maximum", max);
        }
    }

    /// A number.
    record Decimal(int min, int max) implements ParameterType {

        @Override
        public void check(String path, JsonNode value, List<String> problems) {
            if (!value.isNumber()
                    || value.decimalValue().compareTo(BigDecimal.valueOf(min)) < 0
                    || value.decimalValue().compareTo(BigDecimal.valueOf(max)) > 0) {
                problems.add(path + " must be " + words());
            }
        }

        @Override
        public String words() {
            return "a number from " + min + " to " + max;
        }

        @Override
        public ObjectNode schema() {
            return Json.object().put("type", "number").put("minimum", min).put("maximum", max);
        }
    }

    /// True or false.
    record Flag() implements ParameterType {

        @Override
        public void check(String path, JsonNode value, List<String> problems) {
            if (!value.isBoolean()) {
                problems.add(path + " must be " + words());
            }
        }

        @Override
        public String words() {
            return "true or false";
        }

        @Override
        public ObjectNode schema() {
            return Json.object().put("type", "boolean");
        }
    }

    /// A list.
    record Items(ParameterType element, int min, int max) implements ParameterType {

        @Override
        public void check(String path, JsonNode value, List<String> problems) {
            if (!value.isArray() || value.size() < min || value.size() > max) {
                problems.add(path + " must be " + words() + (value.isArray() ? ", but has " + value.size() : ""));
            }
            if (value.isArray()) {
                for (int i = 0; i < Math.min(value.size(), max); i++) {
                    element.check(path + "[" + i + "]", value.get(i), problems);
                }
            }
        }

        @Override
        public String words() {
            return "a list of " + (min == max ? "" + max : (min == 0 ? "up to " : min + " to ") + max) + ", each "
                    + element.words();
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema =
                    Json.object().put("type", "array").put("minItems", min).put("maxItems", max);
            schema.set("items", element.schema());
            return schema;
        }
    }

    /// An object with known members.
    record Members(List<Parameter> members) implements ParameterType {

        public Members {
            members = List.copyOf(members);
        }

        @Override
        public void check(String path, JsonNode value, List<String> problems) {
            if (!(value instanceof ObjectNode object)) {
                problems.add(path + " must be an object with "
                        + members.stream().map(Parameter::name).collect(Collectors.joining(", ")));
                return;
            }
            members.forEach(member -> member.check(object, path + ".", problems));
            Set<String> names = members.stream().map(Parameter::name).collect(Collectors.toSet());
            object.fieldNames().forEachRemaining(name -> {
                if (!names.contains(name)) {
                    problems.add(path + "." + ActionValidation.shown(name) + " is not known here");
                }
            });
        }

        @Override
        public String words() {
            return members.stream()
                    .map(member -> member.name() + (member.isRequired() ? "" : "?") + " ("
                            + member.type().words() + ")")
                    .collect(Collectors.joining(", ", "an object: ", ""));
        }

        @Override
        public ObjectNode schema() {
            return schema(members);
        }

        /// Returns the schema of an object with members.
        static ObjectNode schema(List<Parameter> members) {
            ObjectNode schema = Json.object().put("type", "object");
            ObjectNode properties = schema.putObject("properties");
            members.forEach(member ->
                    properties.set(member.name(), member.type().schema().put("description", member.description())));
            List<String> required = members.stream()
                    .filter(Parameter::isRequired)
                    .map(Parameter::name)
                    .toList();
            if (!required.isEmpty()) {
                required.forEach(schema.putArray("required")::add);
            }
            return schema.put("additionalProperties", false);
        }
    }

    /// Any JSON object, in the form that WhatsApp documents.
    ///
    /// @param maxBytes of it as JSON
    record AnyObject(int maxBytes) implements ParameterType {

        @Override
        public void check(String path, JsonNode value, List<String> problems) {
            if (!value.isObject() || Json.bytes(value).length > maxBytes) {
                problems.add(path + " must be " + words());
            }
        }

        @Override
        public String words() {
            return "an object in WhatsApp's form, of up to " + maxBytes + " bytes";
        }

        @Override
        public ObjectNode schema() {
            return Json.object().put("type", "object");
        }
    }

    /// A file: an object with its name, type and content in Base64.
    ///
    /// @param maxBytes by media type; `*` for all others
    record File(Map<String, Integer> maxBytes) implements ParameterType {

        private static final int LONGEST_NAME = 240;

        public File {
            maxBytes = Collections.unmodifiableMap(new TreeMap<>(maxBytes));
        }

        @Override
        public void check(String path, JsonNode value, List<String> problems) {
            if (!value.isObject()) {
                problems.add(path + " must be " + words());
                return;
            }
            String name = value.path("name").asText("");
            if (name.isBlank() || name.length() > LONGEST_NAME) {
                problems.add(path + ".name must be text of 1 to " + LONGEST_NAME + " characters");
            }
            Integer limit = maxBytes.getOrDefault(ActionFile.type(value), maxBytes.get("*"));
            if (limit == null) {
                problems.add(path + ".type must be one of " + String.join(", ", maxBytes.keySet()));
            }
            int bytes = ActionFile.size(value);
            int most = limit == null ? max() : limit;
            if (bytes < 1 || bytes > most) {
                problems.add(path + ".content must be Base64 of 1 to " + most + " bytes"
                        + (bytes < 0 ? "" : ", but has " + bytes));
            }
        }

        private int max() {
            return maxBytes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        }

        @Override
        public String words() {
            return maxBytes.entrySet().stream()
                    .map(each -> (each.getKey().equals("*") ? "other types" : each.getKey()) + " up to "
                            + each.getValue() + " bytes")
                    .collect(Collectors.joining(", ", "a file {name, type, content in Base64}: ", ""));
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = Json.object().put("type", "object");
            ObjectNode properties = schema.putObject("properties");
            properties
                    .putObject("name")
                    .put("type", "string")
                    .put("minLength", 1)
                    .put("maxLength", LONGEST_NAME);
            properties.putObject("type").put("type", "string");
            properties.putObject("content").put("type", "string").put("contentEncoding", "base64");
            schema.putArray("required").add("name").add("type").add("content");
            return schema;
        }
    }

    /// Text of 1 to so many characters.
    static Text text(int max) {
        return text(1, max);
    }

    /// Text of so many characters.
    static Text text(int min, int max) {
        return new Text(min, max, null, "");
    }

    /// Text of a form.
    static Text text(int min, int max, String form, String meaning) {
        return new Text(min, max, Pattern.compile(form), meaning);
    }

    /// An https address.
    static Text url(int max) {
        return text(1, max, "https://[^\\s/?#]+(?:[/?#]\\S*)?", "an address that begins with https://");
    }

    /// An id of the Graph API.
    static Text id() {
        return text(1, 64, "[0-9]+", "digits");
    }

    static Word word(String... words) {
        return new Word(List.of(words));
    }

    static Whole whole(long min, long max) {
        return new Whole(min, max);
    }

    static Flag flag() {
        return new Flag();
    }

    static Items list(ParameterType element, int min, int max) {
        return new Items(element, min, max);
    }

    static Members members(Parameter... members) {
        return new Members(List.of(members));
    }

    /// An object that is passed on, of up to 64 KiB.
    static AnyObject object() {
        return new AnyObject(64 * 1024);
    }
}
