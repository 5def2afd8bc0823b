package lull.whatsapp.action.media;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;

import com.fasterxml.jackson.databind.JsonNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionFile;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.Permission;

/// Downloads a file, of up to 16 MiB.
final class DownloadMedia implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "download_media", ActionCategory.MEDIA, "Downloads a file, of up to 16 MiB.")
            .needs(Permission.MESSAGING)
            .graph("GET /{media}")
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
        if (!(result instanceof ActionResult.Done(JsonNode body))) {
            return result;
        }
        return switch (call.download(body.path("url").asText(""), MediaLimits.DOWNLOAD)) {
            case ActionCall.Download.Failed(ActionResult failed) -> failed;
            case ActionCall.Download.Done(byte[] content) ->
                new ActionResult.Done(new ActionFile(
                                call.text("media"), body.path("mime_type").asText("application/octet-stream"), content)
                        .parameter());
        };
    }
}
