package lull.whatsapp.action.automation;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.id;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Deletes a welcome message that no ad uses.
final class DeleteWelcomeSequence implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "delete_welcome_sequence", ActionCategory.AUTOMATION, "Deletes a welcome message that no ad uses.")
            .graph("DELETE /{account}/welcome_message_sequences")
            .repeatable()
            .with(account(), token(), required("sequence_id", id(), "Id"))
            .example("""
                    {"account":"200000000000001","sequence_id":"600000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
