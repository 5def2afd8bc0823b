package lull.console.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lull.contract.ConversationKey;
import lull.contract.json.Json;
import lull.contract.reply.request.TemplateParameter;

/// Form that begins a conversation: reads what an operator has typed, and finds the field of each problem. Pure.
public final class BeginForm {

    /// Fields that the operator fills in.
    private static final List<String> FIELDS =
            List.of("number", "customer", "template", "language", "parameters", "note", "attributes");

    /// Where the ingress has what a field contains, as its problems begin.
    private static final Map<String, String> PLACES = Map.of(
            "template.name", "template",
            "template.language", "language",
            "template.components", "parameters",
            "template", "template",
            "to", "customer",
            "from", "number",
            "note", "note",
            "attributes", "attributes");

    private static final Pattern PAIR = Pattern.compile("([^:]+?)\\s*:\\s*(.*)");

    /// What a form asks for.
    public sealed interface Request {

        /// A request for the ingress.
        ///
        /// @param conversation as far as the form says it; empty without a business number
        record Post(ObjectNode body, Optional<ConversationKey> conversation) implements Request {

            @Override
            public String toString() {
                return "Post[]";
            }
        }

        /// The form cannot be a request.
        ///
        /// @param problems by field
        record Absurd(Map<String, List<String>> problems) implements Request {}
    }

    private BeginForm() {}

    /// Reads a form.
    ///
    /// @param by who sends it
    public static Request read(Map<String, String> form, String by) {
        Map<String, List<String>> problems = new LinkedHashMap<>();
        List<TemplateParameter.Value> values = parameters(field(form, "parameters"), problems);
        Map<String, String> attributes = attributes(field(form, "attributes"), problems);
        if (!problems.isEmpty()) {
            return new Request.Absurd(problems);
        }
        String number = field(form, "number");
        String customer = field(form, "customer");
        boolean isUserId = !customer.isEmpty() && Character.isUpperCase(customer.charAt(0));
        ObjectNode body = Json.object();
        body.putObject("to").put(isUserId ? "userId" : "phone", customer);
        if (!number.isEmpty()) {
            body.put("from", number);
        }
        ObjectNode template = body.putObject("template").put("name", field(form, "template"));
        template.putObject("language").put("code", field(form, "language"));
        ArrayNode components = TemplateParameter.components(values);
        if (!components.isEmpty()) {
            template.set("components", components);
        }
        body.put("by", by);
        String note = field(form, "note");
        if (!note.isEmpty()) {
            body.put("note", note.replace("\r\n", "\n"));
        }
        if (!attributes.isEmpty()) {
            ObjectNode given = body.putObject("attributes");
            attributes.forEach(given::put);
        }
        return new Request.Post(body, conversation(number, isUserId ? customer : digits(customer)));
    }

    private static List<TemplateParameter.Value> parameters(String text, Map<String, List<String>> problems) {
        List<TemplateParameter.Value> values = new ArrayList<>();
        for (String line : lines(text)) {
            Matcher pair = PAIR.matcher(line);
            Optional<TemplateParameter> parameter =
                    pair.matches() ? TemplateParameter.of(pair.group(1)) : Optional.empty();
            if (parameter.isEmpty()) {
                add(
                        problems,
                        "parameters",
                        "`" + line + "` must begin with one of " + TemplateParameter.TITLES + ", and a colon");
            } else if (pair.group(2).isEmpty()) {
                add(problems, "parameters", "`" + line + "` has no value");
            } else {
                values.add(new TemplateParameter.Value(parameter.get(), pair.group(2)));
            }
        }
        List<TemplateParameter> all =
                values.stream().map(TemplateParameter.Value::parameter).toList();
        TemplateParameter.repeated(all).forEach(each -> add(problems, "parameters", each.title() + " is there twice"));
        TemplateParameter.problems(all).forEach(problem -> add(problems, "parameters", problem));
        return values;
    }

    private static Map<String, String> attributes(String text, Map<String, List<String>> problems) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String line : lines(text)) {
            Matcher pair = PAIR.matcher(line);
            if (!pair.matches()) {
                add(problems, "attributes", "`" + line + "` must be a name, a colon and a value");
            } else if (attributes.put(pair.group(1), pair.group(2)) != null) {
                add(problems, "attributes", pair.group(1) + " is there twice");
            }
        }
        return attributes;
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    /// Returns a phone number without what people write between its digits, as the ingress does.
    private static String digits(String phone) {
        return phone.replaceFirst("^\\+", "").replaceAll("[ -]", "");
    }

    private static Optional<ConversationKey> conversation(String number, String customer) {
        return number.isEmpty() || customer.isEmpty() || number.contains("|")
                ? Optional.empty()
                : Optional.of(new ConversationKey(number, customer));
    }

    /// Returns the problems that the ingress has found, by field; those of no field are by an empty one.
    public static Map<String, List<String>> byField(List<String> problems) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String problem : problems) {
            String place = problem.split(" ", 2)[0];
            String field = "";
            while (field.isEmpty() && !place.isEmpty()) {
                field = PLACES.getOrDefault(place, "");
                int dot = place.lastIndexOf('.');
                place = dot < 0 ? "" : place.substring(0, dot);
            }
            add(fields, field, problem);
        }
        return fields;
    }

    /// Returns the values of the template.
    ///
    /// @param form what was typed
    /// @param key the Idempotency-Key of the next attempt
    /// @param problem in a sentence; empty if there is none
    /// @param problems by field
    public static Map<String, Object> model(
            Map<String, String> form, String key, String problem, Map<String, List<String>> problems) {
        Map<String, Object> model = new LinkedHashMap<>();
        for (String name : FIELDS) {
            // The layout has a note of its own.
            model.put(name.equals("note") ? "noteText" : name, field(form, name));
            model.put(name + "Problems", problems.getOrDefault(name, List.of()));
        }
        model.put("otherProblems", problems.getOrDefault("", List.of()));
        model.put("problem", problem);
        model.put("key", key);
        return model;
    }

    private static String field(Map<String, String> form, String name) {
        return form.getOrDefault(name, "").strip();
    }

    private static void add(Map<String, List<String>> problems, String field, String problem) {
        problems.computeIfAbsent(field, _ -> new ArrayList<>()).add(problem);
    }
}
