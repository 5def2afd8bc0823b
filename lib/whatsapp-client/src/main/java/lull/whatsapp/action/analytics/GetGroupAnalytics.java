package lull.whatsapp.action.analytics;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.word;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.CommonParameters;

/// Reads messages and participants of one group. It looks back 90 days.
final class GetGroupAnalytics implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_group_analytics",
                    ActionCategory.ANALYTICS,
                    "Reads messages and participants of one group. It looks back 90 days.")
            .graph("GET /{account}/group_analytics")
            .with(
                    account(),
                    token(),
                    CommonParameters.time("start", "Begin"),
                    CommonParameters.time("end", "End"),
                    required("group_ids", list(text(1, 128, "[A-Za-z0-9_=-]+", "an id"), 1, 1), "Id of the group"),
                    optional(
                            "metric_types",
                            list(word("SENT", "DELIVERED", "READ", "PARTICIPANTS_JOINED", "PARTICIPANTS_LEFT"), 1, 5),
                            "Metrics"))
            .rule(AnalyticsFields.days(90))
            .example("""
                    {"account":"200000000000001","start":1793000000,"end":1793600000,"group_ids":["Y2FwaV9ncm91cDox"]}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph()
                .query("granularity", "DAILY")
                .queryOf("start", "end", "group_ids", "metric_types")
                .send();
    }
}
