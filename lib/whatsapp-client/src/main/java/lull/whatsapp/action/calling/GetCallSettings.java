package lull.whatsapp.action.calling;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.flag;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Reads the settings of calls of a number, and its restrictions.
final class GetCallSettings implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_call_settings",
                    ActionCategory.CALLING,
                    "Reads the settings of calls of a number, and its restrictions.")
            .graph("GET /{number}/settings")
            .with(number(), optional("include_sip_credentials", flag(), "Whether the answer has the password of SIP"))
            .example("""
                    {"number":"100000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
