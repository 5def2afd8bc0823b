package lull.whatsapp.action.number;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.flag;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Switches the check of customers' identity on or off: with it, messages with another identity hash
/// are refused.
final class SetIdentityCheck implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "set_identity_check",
                    ActionCategory.NUMBERS,
                    "Switches the check of customers' identity on or off: with it, messages with another identity hash are refused.")
            .graph("POST /{number}/settings")
            .repeatable()
            .with(number(), required("enabled", flag(), "Whether it is on"))
            .example("""
                    {"number":"100000000000001","enabled":true}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        ObjectNode settings = call.object();
        settings.putObject("user_identity_change")
                .put("enable_identity_key_check", call.value("enabled").asBoolean());
        return call.graph().json(settings).send();
    }
}
