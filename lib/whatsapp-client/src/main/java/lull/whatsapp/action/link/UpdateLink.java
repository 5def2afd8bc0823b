package lull.whatsapp.action.link;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Changes the text of a short link. The link and its QR code stay the same.
final class UpdateLink implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "update_link",
                    ActionCategory.LINKS,
                    "Changes the text of a short link. The link and its QR code stay the same.")
            .graph("POST /{number}/message_qrdls")
            .repeatable()
            .with(
                    number(),
                    required("code", text(1, 64, "[A-Z0-9]+", "capital letters and digits"), "Code of the link"),
                    required("prefilled_message", text(140), "Text that the customer sends"))
            .example("""
                    {"number":"100000000000001","code":"4O4YGZEG3RIVE1","prefilled_message":"I would like to return something"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
