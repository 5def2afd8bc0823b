package lull.whatsapp.action.flow;

import static lull.whatsapp.action.CommonParameters.id;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.required;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import lull.runtime.http.MultipartForm;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionFile;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.ParameterType;

/// Replaces the JSON of a flow in DRAFT, and validates it. Errors are in the answer, which is done
/// nevertheless.
final class UploadFlowJson implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "upload_flow_json",
                    ActionCategory.FLOWS,
                    "Replaces the JSON of a flow in DRAFT, and validates it. Errors are in the answer, which is done nevertheless.")
            .graph("POST /{flow}/assets")
            .repeatable()
            .with(
                    id("flow", "Id of the flow"),
                    token(),
                    required("file", new ParameterType.File(Map.of("application/json", 10_485_760)), "JSON"))
            .example("""
                    {"flow":"400000000000001","file":{"name":"flow.json","type":"application/json","content":"eyJ2ZXJzaW9uIjoiNy4wIiwic2NyZWVucyI6W119"}}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        ActionFile file = call.file("file");
        return call.graph()
                .form(new MultipartForm()
                        .text("name", "flow.json")
                        .text("asset_type", "FLOW_JSON")
                        .file("file", BodyPublishers.ofByteArray(file.content()), file.type(), "flow.json"))
                .send();
    }
}
