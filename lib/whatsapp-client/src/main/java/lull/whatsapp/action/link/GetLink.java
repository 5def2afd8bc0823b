package lull.whatsapp.action.link;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Reads a short link.
final class GetLink implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_link", ActionCategory.LINKS, "Reads a short link.")
            .graph("GET /{number}/message_qrdls/{code}")
            .with(
                    number(),
                    required("code", text(1, 64, "[A-Z0-9]+", "capital letters and digits"), "Code of the link"))
            .example("""
                    {"number":"100000000000001","code":"4O4YGZEG3RIVE1"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
