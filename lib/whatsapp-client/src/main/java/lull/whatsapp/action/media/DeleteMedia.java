package lull.whatsapp.action.media;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.Permission;

/// Deletes a file. It cannot be sent any more.
final class DeleteMedia implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "delete_media", ActionCategory.MEDIA, "Deletes a file. It cannot be sent any more.")
            .needs(Permission.MESSAGING)
            .graph("DELETE /{media}")
            .social("DeleteWhatsAppMessageMedia")
            .repeatable()
            .with(number(), required("media", text(1, 100, "[A-Za-z0-9]+", "letters and digits"), "Id of the file"))
            .example("""
                    {"number":"100000000000001","media":"1000000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph().query("phone_number_id", call.text("number")).send();
    }

    @Override
    public ObjectNode socialRequest(ActionCall call) {
        return call.object().put("mediaId", call.text("media"));
    }
}
