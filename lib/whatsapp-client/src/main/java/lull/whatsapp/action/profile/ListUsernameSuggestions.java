package lull.whatsapp.action.profile;

import static lull.whatsapp.action.CommonParameters.number;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Lists usernames that the number could have.
final class ListUsernameSuggestions implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "list_username_suggestions", ActionCategory.PROFILE, "Lists usernames that the number could have.")
            .graph("GET /{number}/username_suggestions")
            .with(number())
            .example("""
                    {"number":"100000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
