package lull.whatsapp.action.number;

import static lull.whatsapp.action.CommonParameters.number;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Deregisters a number, so that it can neither send nor receive. It counts for the limit of
/// register_number.
final class DeregisterNumber implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "deregister_number",
                    ActionCategory.NUMBERS,
                    "Deregisters a number, so that it can neither send nor receive. It counts for the limit of register_number.")
            .graph("POST /{number}/deregister")
            .confirm("The number stops at once, and customers cannot write to it")
            .with(number())
            .example("""
                    {"number":"100000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
