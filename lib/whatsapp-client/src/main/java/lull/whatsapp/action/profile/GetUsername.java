package lull.whatsapp.action.profile;

import static lull.whatsapp.action.CommonParameters.number;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Reads the username of a number, and whether it is approved.
final class GetUsername implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_username",
                    ActionCategory.PROFILE,
                    "Reads the username of a number, and whether it is approved.")
            .graph("GET /{number}/username")
            .with(number())
            .example("""
                    {"number":"100000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
