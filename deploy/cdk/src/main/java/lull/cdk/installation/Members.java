package lull.cdk.installation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Members of one object of an installation's file. Every read that fails adds a problem and returns a
/// harmless value, so that all problems are found at once. Call [#end()] after the last read: it
/// reports the members that nobody has read.
final class Members {

    private final JsonNode node;
    private final String path;
    private final List<String> problems;
    private final Set<String> read = new HashSet<>();

    /// @param path of the object in the file, for problems; empty for the whole file
    Members(JsonNode node, String path, List<String> problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
        if (!node.isObject() && !node.isMissingNode()) {
            problems.add((path.isEmpty() ? "The file" : path) + " must have members, each on a line of its own");
        }
    }

    /// Adds a problem of a member.
    void wrong(String name, String problem) {
        problems.add(named(name) + " " + problem);
    }

    boolean has(String name) {
        return !member(name).isMissingNode();
    }

    /// Returns a text that must be there.
    String text(String name, Form form) {
        Optional<String> text = optional(name, form);
        if (text.isEmpty() && !has(name)) {
            wrong(name, "is missing; it is " + form.words());
        }
        return text.orElse("");
    }

    Optional<String> optional(String name, Form form) {
        return has(name) ? form(named(name), member(name), form) : Optional.empty();
    }

    List<String> texts(String name, Form form) {
        List<String> texts = new ArrayList<>();
        JsonNode list = member(name);
        if (!list.isMissingNode() && !list.isArray()) {
            wrong(name, "must be a list, such as [a, b]");
        }
        for (int i = 0; i < list.size() && list.isArray(); i++) {
            form(named(name) + "[" + i + "]", list.get(i), form).ifPresent(texts::add);
        }
        return texts;
    }

    /// Returns one of some words.
    String word(String name, String otherwise, List<String> words) {
        JsonNode member = member(name);
        if (member.isMissingNode()) {
            return otherwise;
        }
        if (!words.contains(member.asText())) {
            wrong(name, "must be one of " + String.join(", ", words) + " (it is '" + member.asText() + "')");
            return otherwise;
        }
        return member.asText();
    }

    int number(String name, int otherwise, int from, int to) {
        JsonNode member = member(name);
        if (member.isMissingNode()) {
            return otherwise;
        }
        if (!member.isInt() || member.asInt() < from || member.asInt() > to) {
            wrong(name, "must be a number from " + from + " to " + to + " (it is '" + member.asText() + "')");
            return otherwise;
        }
        return member.asInt();
    }

    boolean flag(String name, boolean otherwise) {
        JsonNode member = member(name);
        if (!member.isMissingNode() && !member.isBoolean()) {
            wrong(name, "must be true or false (it is '" + member.asText() + "')");
        }
        return member.asBoolean(otherwise);
    }

    /// Returns the members of an object; none if it is not there.
    Members object(String name) {
        return new Members(member(name), named(name), problems);
    }

    List<Members> objects(String name) {
        List<Members> objects = new ArrayList<>();
        JsonNode list = member(name);
        if (!list.isMissingNode() && !list.isArray()) {
            wrong(name, "must be a list, each entry after a hyphen");
        }
        for (int i = 0; i < list.size() && list.isArray(); i++) {
            objects.add(new Members(list.get(i), named(name) + "[" + i + "]", problems));
        }
        return objects;
    }

    /// Returns all members as texts.
    Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        node.properties().forEach(member -> {
            if (member.getValue().isValueNode() && !member.getValue().isNull()) {
                all.put(member.getKey(), member.getValue().asText());
            } else {
                wrong(member.getKey(), "must be a text, a number, or true or false");
            }
        });
        return all;
    }

    /// Reports members that nobody has read.
    void end() {
        Set<String> unknown =
                node.properties().stream().map(Map.Entry::getKey).collect(Collectors.toCollection(TreeSet::new));
        unknown.removeAll(read);
        unknown.forEach(name -> problems.add("There is no member " + named(name) + "; here are "
                + read.stream().sorted().collect(Collectors.joining(", "))));
    }

    private Optional<String> form(String where, JsonNode value, Form form) {
        if (!value.isTextual() || !form.matches(value.asText())) {
            problems.add(where + " must be " + form.words() + " (it is '" + value.asText() + "')");
            return Optional.empty();
        }
        return Optional.of(value.asText());
    }

    private JsonNode member(String name) {
        read.add(name);
        JsonNode member = node.path(name);
        return member.isNull() ? MissingNode.getInstance() : member;
    }

    private String named(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
