package lull.whatsapp.action.profile;

import static lull.whatsapp.action.CommonParameters.number;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Gives the username of a number up. Others may then take it.
final class DeleteUsername implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "delete_username",
                    ActionCategory.PROFILE,
                    "Gives the username of a number up. Others may then take it.")
            .graph("DELETE /{number}/username")
            .confirm("Another business may take the username at once")
            .with(number())
            .example("""
                    {"number":"100000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
