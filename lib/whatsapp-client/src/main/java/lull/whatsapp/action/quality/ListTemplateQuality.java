package lull.whatsapp.action.quality;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.page;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.word;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Lists the templates of an account with their quality. Low quality comes before a pause.
final class ListTemplateQuality implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "list_template_quality",
                    ActionCategory.QUALITY,
                    "Lists the templates of an account with their quality. Low quality comes before a pause.")
            .graph("GET /{account}/message_templates")
            .with(
                    account(),
                    token(),
                    optional("quality_score", word("GREEN", "YELLOW", "RED", "UNKNOWN"), "Only this quality"))
            .with(page())
            .example("""
                    {"account":"200000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph()
                .query("fields", "id,name,language,status,quality_score")
                .queryOf("quality_score")
                .page()
                .send();
    }
}
