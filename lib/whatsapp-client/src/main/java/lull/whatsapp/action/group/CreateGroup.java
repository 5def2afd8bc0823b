package lull.whatsapp.action.group;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.word;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.Permission;

/// Creates a group of up to 8 participants, who join by its link. Its id and link arrive by webhook. A
/// number can have 10,000.
final class CreateGroup implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "create_group",
                    ActionCategory.GROUPS,
                    "Creates a group of up to 8 participants, who join by its link. Its id and link arrive by webhook. A number can have 10,000.")
            .needs(Permission.MESSAGING)
            .graph("POST /{number}/groups")
            .webhook("group_lifecycle_update")
            .with(
                    number(),
                    required("subject", text(128), "Name"),
                    optional("description", text(2_048), "Description"),
                    optional(
                            "join_approval_mode",
                            word("auto_approve", "approval_required"),
                            "Whether somebody must approve those who join"))
            .example("""
                    {"number":"100000000000001","subject":"Order 7","join_approval_mode":"approval_required"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph().productJson().send();
    }
}
