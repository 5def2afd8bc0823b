package lull.whatsapp.action.flow;

import static lull.whatsapp.action.CommonParameters.id;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.flag;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Reads the address of a preview of a flow, which is valid for 30 days.
final class GetFlowPreview implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_flow_preview",
                    ActionCategory.FLOWS,
                    "Reads the address of a preview of a flow, which is valid for 30 days.")
            .graph("GET /{flow}")
            .with(
                    id("flow", "Id of the flow"),
                    token(),
                    optional("invalidate", flag(), "Whether earlier addresses stop working"))
            .example("""
                    {"flow":"400000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph()
                .query(
                        "fields",
                        "preview.invalidate(" + call.value("invalidate").asBoolean(false) + ")")
                .send();
    }
}
