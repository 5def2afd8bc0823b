package lull.whatsapp.action.eum;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.Permission;

/// Uploads a sample for the header of a template from a bucket, and returns its handle.
final class UploadEumSample implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "upload_eum_sample",
                    ActionCategory.EUM,
                    "Uploads a sample for the header of a template from a bucket, and returns its handle.")
            .needs(Permission.IAM)
            .social("CreateWhatsAppMessageTemplateMedia")
            .with(
                    account(),
                    token(),
                    required("bucket", text(3, 63, "[a-z0-9][a-z0-9.-]*[a-z0-9]", "the name of a bucket"), "Bucket"),
                    required("key", text(1_024), "Key of the file"))
            .example("""
                    {"account":"waba-00000000000000000000000000000001","bucket":"local-files","key":"logo.png"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode socialRequest(ActionCall call) {
        ObjectNode request = call.object();
        request.putObject("sourceS3File").put("bucketName", call.text("bucket")).put("key", call.text("key"));
        return request;
    }
}
