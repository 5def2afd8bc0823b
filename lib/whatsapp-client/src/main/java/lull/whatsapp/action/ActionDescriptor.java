package lull.whatsapp.action;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;

/// Description of an action: everything that callers, pages and the command line know of it.
///
/// @param isChange whether it changes something, as opposed to reading
/// @param graph verb and path of the Graph API; empty if it cannot do it
/// @param social operation of AWS End User Messaging Social; empty if it has none
/// @param confirm why it cannot be undone, which a caller must confirm; empty if it can
/// @param isRepeatable whether it has the same effect if it is performed twice
/// @param webhook field of the webhook that reports the result later; empty if the answer is the result
/// @param rules about several parameters
public record ActionDescriptor(
        String name,
        ActionCategory category,
        String description,
        boolean isChange,
        Permission permission,
        String graph,
        String social,
        String confirm,
        boolean isRepeatable,
        String webhook,
        List<Parameter> parameters,
        List<ActionRule> rules,
        ObjectNode example) {

    public ActionDescriptor {
        parameters = List.copyOf(parameters);
        rules = List.copyOf(rules);
    }

    /// Begins the description of an action that changes nothing.
    public static Builder reads(String name, ActionCategory category, String description) {
        return new Builder(name, category, description, false);
    }

    /// Begins the description of an action that changes something.
    public static Builder changes(String name, ActionCategory category, String description) {
        return new Builder(name, category, description, true);
    }

    /// What the action is about: `number`, `account`, `app`, or empty.
    public String grain() {
        return Stream.of("number", "account", "app")
                .filter(grain -> parameters.stream()
                        .anyMatch(each -> each.isRequired() && each.name().equals(grain)))
                .findFirst()
                .orElse("");
    }

    /// Returns the schema of its parameters.
    public ObjectNode schema() {
        return ParameterType.Members.schema(parameters);
    }

    /// Returns the description for programs.
    public ObjectNode json() {
        ObjectNode json = Json.object()
                .put("name", name)
                .put("category", category.word())
                .put("description", description)
                .put("effect", isChange ? "change" : "read")
                .put("permission", permission.word());
        put(json, "graph", graph);
        put(json, "endUserMessaging", social);
        put(json, "about", grain());
        put(json, "confirm", confirm);
        json.put("repeatable", isRepeatable);
        put(json, "webhook", webhook);
        ArrayNode list = json.putArray("parameters");
        parameters.forEach(each -> list.addObject()
                .put("name", each.name())
                .put("required", each.isRequired())
                .put("type", each.type().words())
                .put("description", each.description()));
        ArrayNode words = json.putArray("rules");
        rules.forEach(rule -> words.add(rule.words()));
        json.set("schema", schema());
        json.set("example", example);
        return json;
    }

    private static void put(ObjectNode json, String name, String value) {
        if (!value.isEmpty()) {
            json.put(name, value);
        }
    }

    /// Collects the parts of a description.
    public static final class Builder {

        private final String name;
        private final ActionCategory category;
        private final String description;
        private final boolean isChange;
        private final List<Parameter> parameters = new ArrayList<>();
        private final List<ActionRule> rules = new ArrayList<>();
        private Permission permission = Permission.MANAGEMENT;
        private String graph = "";
        private String social = "";
        private String confirm = "";
        private String webhook = "";
        private boolean isRepeatable;

        private Builder(String name, ActionCategory category, String description, boolean isChange) {
            this.name = name;
            this.category = category;
            this.description = description;
            this.isChange = isChange;
            this.isRepeatable = !isChange;
        }

        /// The permission that the token needs; by default that of management.
        public Builder needs(Permission needed) {
            permission = needed;
            return this;
        }

        /// The verb and path of the Graph API; `{name}` stands for a parameter.
        public Builder graph(String verbAndPath) {
            graph = verbAndPath;
            return this;
        }

        /// The operation of AWS End User Messaging Social.
        public Builder social(String operation) {
            social = operation;
            return this;
        }

        /// That it cannot be undone, and why.
        public Builder confirm(String why) {
            confirm = why;
            return this;
        }

        /// That it may be performed again after a call without an answer.
        public Builder repeatable() {
            isRepeatable = true;
            return this;
        }

        /// The field of the webhook that reports the result.
        public Builder webhook(String field) {
            webhook = field;
            return this;
        }

        /// Adds parameters.
        public Builder with(Parameter... added) {
            return with(List.of(added));
        }

        /// Adds parameters.
        public Builder with(List<Parameter> added) {
            parameters.addAll(added);
            return this;
        }

        /// Adds a rule about several parameters.
        public Builder rule(ActionRule rule) {
            rules.add(rule);
            return this;
        }

        /// Ends the description with an example of the parameters, as JSON.
        public ActionDescriptor example(String json) {
            return new ActionDescriptor(
                    name,
                    category,
                    description,
                    isChange,
                    permission,
                    graph,
                    social,
                    confirm,
                    isRepeatable,
                    webhook,
                    parameters,
                    rules,
                    object(json));
        }

        private ObjectNode object(String json) {
            try {
                return Json.convert(Json.tree(json), ObjectNode.class);
            } catch (UnreadableJson e) {
                throw new IllegalArgumentException("The example of " + name + " is not a JSON object", e);
            }
        }
    }
}
