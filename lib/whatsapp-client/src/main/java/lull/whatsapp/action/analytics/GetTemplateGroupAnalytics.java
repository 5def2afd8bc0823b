package lull.whatsapp.action.analytics;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.id;
import static lull.whatsapp.action.ParameterType.list;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.CommonParameters;

/// Reads sends, reads and clicks of up to ten groups of templates. It looks back 90 days.
final class GetTemplateGroupAnalytics implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_template_group_analytics",
                    ActionCategory.ANALYTICS,
                    "Reads sends, reads and clicks of up to ten groups of templates. It looks back 90 days.")
            .graph("GET /{account}/template_group_analytics")
            .with(
                    account(),
                    token(),
                    CommonParameters.time("start", "Begin"),
                    CommonParameters.time("end", "End"),
                    required("template_group_ids", list(id(), 1, 10), "Ids of the groups"))
            .rule(AnalyticsFields.days(90))
            .example("""
                    {"account":"200000000000001","start":1793000000,"end":1793600000,"template_group_ids":["310000000000001"]}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph()
                .query("granularity", "DAILY")
                .queryOf("start", "end", "template_group_ids")
                .send();
    }
}
