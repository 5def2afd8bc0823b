package lull.whatsapp.action.calling;

import static lull.whatsapp.action.ActionRule.exactlyOne;
import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.text;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.Permission;

/// Reads whether a customer permits calls, and how many requests and calls are left.
final class GetCallPermission implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_call_permission",
                    ActionCategory.CALLING,
                    "Reads whether a customer permits calls, and how many requests and calls are left.")
            .needs(Permission.MESSAGING)
            .graph("GET /{number}/call_permissions")
            .with(
                    number(),
                    optional("user_wa_id", text(5, 20, "[0-9]+", "digits"), "Customer, by phone number"),
                    optional("recipient", text(4, 140), "Customer, by user id"))
            .rule(exactlyOne("user_wa_id", "recipient"))
            .example("""
                    {"number":"100000000000001","user_wa_id":"15550001001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
