package lull.whatsapp.action.messaging;

import static lull.whatsapp.action.ActionRule.holds;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.members;
import static lull.whatsapp.action.ParameterType.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionDescriptor;

/// Sends a text with a list of up to ten rows.
final class SendList implements MessageAction {

    private static final ActionDescriptor DESCRIPTOR = MessageAction.described(
                    "send_list", "Sends a text with a list of up to ten rows.")
            .with(
                    MessageParts.textHeader(),
                    required("body", text(4_096), "Text of the message"),
                    MessageParts.footer(),
                    required("button", text(20), "Label of the button that opens the list"))
            .with(required(
                    "sections",
                    list(
                            members(
                                    optional("title", text(24), "Title; required if there are several sections"),
                                    required(
                                            "rows",
                                            list(
                                                    members(
                                                            required("id", text(200), "Id that the reply contains"),
                                                            required("title", text(24), "Title"),
                                                            optional("description", text(72), "Line below the title")),
                                                    1,
                                                    10),
                                            "Rows")),
                            1,
                            10),
                    "Sections"))
            .rule(holds(
                    "sections must have at most 10 rows in all",
                    given -> rows(given).size() <= 10))
            .rule(holds(
                    "the ids of rows must be unique",
                    given -> Set.copyOf(rows(given)).size() == rows(given).size()))
            .rule(holds("each of several sections needs a title", given -> {
                for (JsonNode section : given.path("sections")) {
                    if (given.path("sections").size() > 1 && !section.hasNonNull("title")) {
                        return false;
                    }
                }
                return true;
            }))
            .example("""
                    {"number":"100000000000001","to":"15550001001","body":"What is it about?","button":"Choose","sections":[{"rows":[{"id":"order","title":"My order"},{"id":"return","title":"A return"}]}]}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode content(ActionCall call) {
        return MessageAction.interactive(call, "list", call.members("button", "sections"));
    }

    private static List<String> rows(ObjectNode given) {
        return given.path("sections").findValues("rows").stream()
                .flatMap(rows -> rows.findValuesAsText("id").stream())
                .toList();
    }
}
