package lull.whatsapp.action.template;

import static lull.whatsapp.action.ActionRule.holds;
import static lull.whatsapp.action.CommonParameters.id;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.id;

import java.util.List;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.CommonParameters;

/// Compares two templates of the account, each sent 1,000 times at least: block rate, sends and most
/// frequent reason of blocks.
final class CompareTemplates implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "compare_templates",
                    ActionCategory.TEMPLATES,
                    "Compares two templates of the account, each sent 1,000 times at least: block rate, sends and most frequent reason of blocks.")
            .graph("GET /{template}/compare")
            .with(
                    id("template", "Id of the template"),
                    token(),
                    required("other", id(), "Id of the template to compare with"),
                    CommonParameters.time("start", "Begin"),
                    CommonParameters.time("end", "End"))
            .rule(holds(
                    "end must be 7, 30, 60 or 90 days after start",
                    given -> List.of(7L, 30L, 60L, 90L).stream()
                            .anyMatch(days -> given.path("end").asLong()
                                            - given.path("start").asLong()
                                    == days * 86_400)))
            .example("""
                    {"template":"300000000000001","other":"300000000000002","start":1790000000,"end":1790604800}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph()
                .query("template_ids", "[" + call.text("other") + "]")
                .queryOf("start", "end")
                .send();
    }
}
