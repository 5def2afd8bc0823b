package lull.whatsapp.action.media;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.whole;

import java.net.http.HttpRequest.BodyPublishers;
import lull.runtime.http.MultipartForm;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionFile;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.ParameterType;
import lull.whatsapp.action.Permission;

/// Uploads a file for messages. The id is valid for 30 days, for this number only.
final class UploadMedia implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "upload_media",
                    ActionCategory.MEDIA,
                    "Uploads a file for messages. The id is valid for 30 days, for this number only.")
            .needs(Permission.MESSAGING)
            .graph("POST /{number}/media")
            .with(
                    number(),
                    required("file", new ParameterType.File(MediaLimits.UPLOAD), "File"),
                    optional(
                            "ttl_minutes",
                            whole(1, 43_200),
                            "How long the file is kept; only for numbers without storage"))
            .example("""
                    {"number":"100000000000001","file":{"name":"note.txt","type":"text/plain","content":"SGVsbG8="}}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        ActionFile file = call.file("file");
        MultipartForm form = new MultipartForm()
                .text("messaging_product", "whatsapp")
                .text("type", file.type())
                .file("file", BodyPublishers.ofByteArray(file.content()), file.type(), file.name());
        return call.graph()
                .form(call.has("ttl_minutes") ? form.text("ttl_minutes", call.text("ttl_minutes")) : form)
                .send();
    }
}
