package lull.whatsapp.action.flow;

import static lull.whatsapp.action.CommonParameters.fields;
import static lull.whatsapp.action.CommonParameters.id;
import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Reads a flow: state, errors, version, endpoint, health.
final class GetFlow implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_flow", ActionCategory.FLOWS, "Reads a flow: state, errors, version, endpoint, health.")
            .graph("GET /{flow}")
            .with(id("flow", "Id of the flow"), token(), fields())
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
                .fields(
                        "id,name,status,categories,validation_errors,json_version,data_api_version,endpoint_uri,whatsapp_business_account,application,health_status")
                .send();
    }
}
