package lull.whatsapp.action.template;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.object;
import static lull.whatsapp.action.ParameterType.text;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Creates a template from Meta's library, which needs no review.
final class CreateTemplateFromLibrary implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "create_template_from_library",
                    ActionCategory.TEMPLATES,
                    "Creates a template from Meta's library, which needs no review.")
            .graph("POST /{account}/message_templates")
            .webhook("message_template_status_update")
            .with(account(), token())
            .with(TemplateParameters.NAME, TemplateParameters.LANGUAGE)
            .with(
                    required(
                            "library_template_name",
                            text(1, 512, "[a-z0-9_]+", "lower-case letters, digits and _"),
                            "Name in the library"),
                    optional("library_template_button_inputs", list(object(), 1, 10), "Values of the buttons"),
                    optional("library_template_body_inputs", object(), "Values of the body"))
            .example("""
                    {"account":"200000000000001","name":"delivery_update","language":"en_US","library_template_name":"delivery_update_1","library_template_button_inputs":[{"type":"URL","url":{"base_url":"https://example.com/{{1}}","url_suffix_example":"https://example.com/7"}}]}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph()
                .json(call.object()
                        .put("category", "UTILITY")
                        .setAll(call.members(
                                "name",
                                "language",
                                "library_template_name",
                                "library_template_button_inputs",
                                "library_template_body_inputs")))
                .send();
    }
}
