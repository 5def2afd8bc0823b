package lull.whatsapp.action.number;

import static lull.whatsapp.action.CommonParameters.number;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Reads the settings of a number: calls, identity check, encryption, storage.
final class GetNumberSettings implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_number_settings",
                    ActionCategory.NUMBERS,
                    "Reads the settings of a number: calls, identity check, encryption, storage.")
            .graph("GET /{number}/settings")
            .with(number())
            .example("""
                    {"number":"100000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
