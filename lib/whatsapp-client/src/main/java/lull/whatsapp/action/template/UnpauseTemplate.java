package lull.whatsapp.action.template;

import static lull.whatsapp.action.CommonParameters.id;
import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Ends a pause of pacing. Pauses for quality end by themselves after 3 and 6 hours; the third disables
/// the template.
final class UnpauseTemplate implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "unpause_template",
                    ActionCategory.TEMPLATES,
                    "Ends a pause of pacing. Pauses for quality end by themselves after 3 and 6 hours; the third disables the template.")
            .graph("POST /{template}/unpause")
            .repeatable()
            .with(id("template", "Id of the template"), token())
            .example("""
                    {"template":"300000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
