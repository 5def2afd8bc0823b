package lull.whatsapp.action.flow;

import static lull.whatsapp.action.CommonParameters.id;
import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Deletes a flow in DRAFT.
final class DeleteFlow implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "delete_flow", ActionCategory.FLOWS, "Deletes a flow in DRAFT.")
            .graph("DELETE /{flow}")
            .confirm("The flow is gone")
            .with(id("flow", "Id of the flow"), token())
            .example("""
                    {"flow":"400000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
