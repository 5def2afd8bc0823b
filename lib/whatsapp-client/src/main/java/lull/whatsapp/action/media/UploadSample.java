package lull.whatsapp.action.media;

import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.id;

import com.fasterxml.jackson.databind.JsonNode;
import lull.whatsapp.GraphRequest;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionFile;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.ParameterType;

/// Uploads a sample for the header of a template, or a profile picture, and returns its handle.
final class UploadSample implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "upload_sample",
                    ActionCategory.MEDIA,
                    "Uploads a sample for the header of a template, or a profile picture, and returns its handle.")
            .graph("POST /{app}/uploads")
            .with(
                    required("app", id(), "Id of the WhatsApp app"),
                    token(),
                    required("file", new ParameterType.File(MediaLimits.SAMPLE), "File"))
            .example("""
                    {"app":"900000000000001","file":{"name":"logo.png","type":"image/png","content":"iVBORw0KGgo="}}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        ActionFile file = call.file("file");
        ActionResult session = call.graph()
                .query("file_name", file.name())
                .query("file_length", Integer.toString(file.content().length))
                .query("file_type", file.type())
                .send();
        if (!(session instanceof ActionResult.Done(JsonNode body))) {
            return session;
        }
        return call.graph(
                        "POST",
                        "/" + GraphRequest.encoded(body.path("id").asText("")).replace("%3A", ":"))
                .header("file_offset", "0")
                .bytes(file)
                .send();
    }
}
