package lull.cli.campaign;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Column of a campaign's file, by its title: what its cells are in a request. Pure.
///
/// @param title as in the file
/// @param name of a parameter or attribute, or the index of a button; empty for all others
record CampaignColumn(Kind kind, String title, String name) {

    /// The titles that there are, for people.
    static final String TITLES =
            "customer, 1, 2 and so on or body.NAME for the parameters of the body, header, header.image,"
                    + " header.video or header.document, button.INDEX for the end of a link, quick_reply.INDEX for a payload,"
                    + " attribute.NAME, note and by";

    private static final Pattern POSITION = Pattern.compile("(?:body\\.)?([1-9][0-9]?)");
    private static final Pattern NAMED = Pattern.compile("body\\.([A-Za-z_][A-Za-z0-9_]*)");
    private static final Pattern HEADER = Pattern.compile("header(?:\\.(image|video|document))?");
    private static final Pattern LINK = Pattern.compile("button\\.([0-9])");
    private static final Pattern PAYLOAD = Pattern.compile("quick_reply\\.([0-9])");
    private static final Pattern ATTRIBUTE = Pattern.compile("attribute\\.(.+)");

    /// What a cell is.
    enum Kind {
        CUSTOMER,
        POSITION,
        NAMED,
        HEADER,
        LINK,
        PAYLOAD,
        ATTRIBUTE,
        NOTE,
        BY;

        /// Whether a template lacks something if the cell is empty.
        boolean isNeeded() {
            return switch (this) {
                case CUSTOMER, POSITION, NAMED, HEADER, LINK, PAYLOAD -> true;
                case ATTRIBUTE, NOTE, BY -> false;
            };
        }
    }

    /// Returns the column of a title; empty if it is none.
    static Optional<CampaignColumn> of(String title) {
        return switch (title) {
            case "customer" -> Optional.of(new CampaignColumn(Kind.CUSTOMER, title, ""));
            case "note" -> Optional.of(new CampaignColumn(Kind.NOTE, title, ""));
            case "by" -> Optional.of(new CampaignColumn(Kind.BY, title, ""));
            default ->
                named(Kind.POSITION, POSITION, title)
                        .or(() -> named(Kind.NAMED, NAMED, title))
                        .or(() -> named(Kind.HEADER, HEADER, title))
                        .or(() -> named(Kind.LINK, LINK, title))
                        .or(() -> named(Kind.PAYLOAD, PAYLOAD, title))
                        .or(() -> named(Kind.ATTRIBUTE, ATTRIBUTE, title));
        };
    }

    private static Optional<CampaignColumn> named(Kind kind, Pattern pattern, String title) {
        Matcher matcher = pattern.matcher(title);
        return matcher.matches()
                ? Optional.of(new CampaignColumn(kind, title, matcher.group(1) == null ? "" : matcher.group(1)))
                : Optional.empty();
    }

    /// The place of a parameter in its component, from 1.
    int position() {
        return kind == Kind.POSITION ? Integer.parseInt(name) : 0;
    }

    /// Adds a cell to the parameters of the body.
    void addToBody(ArrayNode parameters, String cell) {
        ObjectNode parameter = parameters.addObject().put("type", "text");
        if (kind == Kind.NAMED) {
            parameter.put("parameter_name", name);
        }
        parameter.put("text", cell);
    }

    /// Adds the component that a cell of the header or of a button is.
    void addComponent(ArrayNode components, String cell) {
        ObjectNode component = components.addObject();
        if (kind == Kind.HEADER) {
            ObjectNode parameter =
                    component.put("type", "header").putArray("parameters").addObject();
            if (name.isEmpty()) {
                parameter.put("type", "text").put("text", cell);
            } else {
                parameter.put("type", name).putObject(name).put("link", cell);
            }
            return;
        }
        String member = kind == Kind.LINK ? "text" : "payload";
        component
                .put("type", "button")
                .put("sub_type", kind == Kind.LINK ? "url" : "quick_reply")
                .put("index", name)
                .putArray("parameters")
                .addObject()
                .put("type", member)
                .put(member, cell);
    }
}
