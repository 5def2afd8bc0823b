package lull.whatsapp.action.link;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Deletes a short link. Printed QR codes stop working.
final class DeleteLink implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "delete_link", ActionCategory.LINKS, "Deletes a short link. Printed QR codes stop working.")
            .graph("DELETE /{number}/message_qrdls/{code}")
            .confirm("Printed QR codes of the link stop working")
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
