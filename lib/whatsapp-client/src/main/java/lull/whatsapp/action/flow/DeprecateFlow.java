package lull.whatsapp.action.flow;

import static lull.whatsapp.action.CommonParameters.id;
import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Deprecates a published flow: it can no longer be sent or opened.
final class DeprecateFlow implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "deprecate_flow",
                    ActionCategory.FLOWS,
                    "Deprecates a published flow: it can no longer be sent or opened.")
            .graph("POST /{flow}/deprecate")
            .webhook("flows")
            .confirm("Customers can no longer open the flow")
            .with(id("flow", "Id of the flow"), token())
            .example("""
                    {"flow":"400000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
