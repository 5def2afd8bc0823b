package lull.whatsapp.action.flow;

import static lull.whatsapp.action.CommonParameters.id;
import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Lists the files of a flow.
final class ListFlowAssets implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "list_flow_assets", ActionCategory.FLOWS, "Lists the files of a flow.")
            .graph("GET /{flow}/assets")
            .with(id("flow", "Id of the flow"), token())
            .example("""
                    {"flow":"400000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
