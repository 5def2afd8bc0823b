package lull.contract.reply.request;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import lull.contract.json.Json;

/// Parameter of a template by its title, as people write it in a file or a form: `1`, `body.NAME`, `header`,
/// `button.INDEX` and so on. Pure.
///
/// @param title as it was written
/// @param name of a parameter, kind of a header's file, or index of a button; empty for all others
public record TemplateParameter(Place place, String title, String name) {

    /// The titles that there are, for people.
    public static final String TITLES = "1, 2 and so on or body.NAME for the parameters of the body, header,"
            + " header.image, header.video or header.document, button.INDEX for the end of a link, quick_reply.INDEX for"
            + " a payload";

    private static final Pattern POSITION = Pattern.compile("(?:body\\.)?([1-9][0-9]?)");
    private static final Pattern NAMED = Pattern.compile("body\\.([A-Za-z_][A-Za-z0-9_]*)");
    private static final Pattern HEADER = Pattern.compile("header(?:\\.(image|video|document))?");
    private static final Pattern LINK = Pattern.compile("button\\.([0-9])");
    private static final Pattern PAYLOAD = Pattern.compile("quick_reply\\.([0-9])");

    /// Place of a parameter in a template.
    public enum Place {
        /// In the body, by its number.
        POSITION,
        /// In the body, by its name.
        NAMED,
        HEADER,
        /// The end of the link of a button.
        LINK,
        /// The payload of a quick reply.
        PAYLOAD
    }

    /// A parameter with its value.
    public record Value(TemplateParameter parameter, String text) {

        @Override
        public String toString() {
            return "Value[" + parameter.title() + "]";
        }
    }

    /// Returns the parameter of a title; empty if it is none.
    public static Optional<TemplateParameter> of(String title) {
        return of(Place.POSITION, POSITION, title)
                .or(() -> of(Place.NAMED, NAMED, title))
                .or(() -> of(Place.HEADER, HEADER, title))
                .or(() -> of(Place.LINK, LINK, title))
                .or(() -> of(Place.PAYLOAD, PAYLOAD, title));
    }

    private static Optional<TemplateParameter> of(Place place, Pattern pattern, String title) {
        Matcher matcher = pattern.matcher(title);
        return matcher.matches()
                ? Optional.of(new TemplateParameter(place, title, matcher.group(1) == null ? "" : matcher.group(1)))
                : Optional.empty();
    }

    /// Returns those that name the same as an earlier one.
    public static List<TemplateParameter> repeated(List<TemplateParameter> parameters) {
        Set<String> seen = new HashSet<>();
        return parameters.stream()
                .filter(each -> !seen.add(each.place() == Place.HEADER ? "header" : each.place() + each.name()))
                .toList();
    }

    /// Returns what is wrong with the parameters of a body, in sentences.
    public static List<String> problems(List<TemplateParameter> parameters) {
        List<String> problems = new ArrayList<>();
        List<Integer> positions = parameters.stream()
                .map(TemplateParameter::position)
                .filter(position -> position > 0)
                .distinct()
                .sorted()
                .toList();
        if (!positions.equals(IntStream.rangeClosed(1, positions.size()).boxed().toList())) {
            problems.add("the parameters " + positions + " of the body have a gap: they are counted from 1");
        }
        if (!positions.isEmpty() && parameters.stream().anyMatch(each -> each.place() == Place.NAMED)) {
            problems.add("the parameters of a body have either numbers or names");
        }
        return problems;
    }

    /// Returns the components of a template in WhatsApp's own form; empty if there are no values.
    public static ArrayNode components(List<Value> values) {
        ArrayNode components = Json.object().putArray("components");
        add(values, place -> place == Place.HEADER, components);
        List<Value> ofBody = values.stream()
                .filter(value -> value.parameter().isOfBody())
                .sorted(Comparator.comparingInt(value -> value.parameter().position()))
                .toList();
        if (!ofBody.isEmpty()) {
            ArrayNode parameters = components.addObject().put("type", "body").putArray("parameters");
            ofBody.forEach(value -> value.parameter().addToBody(parameters, value.text()));
        }
        add(values, place -> place == Place.LINK, components);
        add(values, place -> place == Place.PAYLOAD, components);
        return components;
    }

    private static void add(List<Value> values, Predicate<Place> isWanted, ArrayNode components) {
        for (Value value : values) {
            if (isWanted.test(value.parameter().place())) {
                value.parameter().addComponent(components, value.text());
            }
        }
    }

    private boolean isOfBody() {
        return place == Place.POSITION || place == Place.NAMED;
    }

    /// The place of a parameter in the body, from 1; 0 if it is not known by its number.
    private int position() {
        return place == Place.POSITION ? Integer.parseInt(name) : 0;
    }

    private void addToBody(ArrayNode parameters, String text) {
        ObjectNode parameter = parameters.addObject().put("type", "text");
        if (place == Place.NAMED) {
            parameter.put("parameter_name", name);
        }
        parameter.put("text", text);
    }

    private void addComponent(ArrayNode components, String text) {
        ObjectNode component = components.addObject();
        if (place == Place.HEADER) {
            ObjectNode parameter =
                    component.put("type", "header").putArray("parameters").addObject();
            if (name.isEmpty()) {
                parameter.put("type", "text").put("text", text);
            } else {
                parameter.put("type", name).putObject(name).put("link", text);
            }
            return;
        }
        String member = place == Place.LINK ? "text" : "payload";
        component
                .put("type", "button")
                .put("sub_type", place == Place.LINK ? "url" : "quick_reply")
                .put("index", name)
                .putArray("parameters")
                .addObject()
                .put("type", member)
                .put(member, text);
    }
}
