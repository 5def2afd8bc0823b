package lull.whatsapp.action.flow;

import static lull.whatsapp.action.CommonParameters.id;
import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Publishes a flow without validation errors. It cannot be changed after that.
final class PublishFlow implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "publish_flow",
                    ActionCategory.FLOWS,
                    "Publishes a flow without validation errors. It cannot be changed after that.")
            .graph("POST /{flow}/publish")
            .webhook("flows")
            .confirm("A published flow cannot be changed or deleted, only deprecated")
            .with(id("flow", "Id of the flow"), token())
            .example("""
                    {"flow":"400000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
