package lull.whatsapp.action.media;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.Permission;

/// Reads type, size and digest of a file. Ids of customers' files are valid for 7 days, of uploaded
/// ones for 30.
final class GetMedia implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_media",
                    ActionCategory.MEDIA,
                    "Reads type, size and digest of a file. Ids of customers' files are valid for 7 days, of uploaded ones for 30.")
            .needs(Permission.MESSAGING)
            .graph("GET /{media}")
            .social("GetWhatsAppMessageMedia")
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
        ActionResult result =
                call.graph().query("phone_number_id", call.text("number")).send();
        // The address accepts the access token, which callers do not have.
        if (result instanceof ActionResult.Done(JsonNode body) && body instanceof ObjectNode found) {
            found.remove("url");
        }
        return result;
    }

    @Override
    public ObjectNode socialRequest(ActionCall call) {
        return call.object().put("mediaId", call.text("media"));
    }
}
