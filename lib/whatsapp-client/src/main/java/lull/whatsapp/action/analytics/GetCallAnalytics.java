package lull.whatsapp.action.analytics;

import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.word;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Reads number, cost and duration of calls. It looks back one year.
final class GetCallAnalytics implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_call_analytics",
                    ActionCategory.ANALYTICS,
                    "Reads number, cost and duration of calls. It looks back one year.")
            .graph("GET /{account}")
            .with(AnalyticsFields.ofNumbers("HALF_HOUR", "DAILY", "MONTHLY"))
            .with(
                    optional("metric_types", list(word("COUNT", "COST", "AVERAGE_DURATION"), 1, 3), "Metrics"),
                    optional("directions", list(word("BUSINESS_INITIATED", "USER_INITIATED"), 1, 2), "Who called"),
                    optional(
                            "dimensions",
                            list(word("DIRECTION", "COUNTRY", "PHONE"), 1, 3),
                            "What points are split by"))
            .rule(AnalyticsFields.window())
            .example("""
                    {"account":"200000000000001","start":1793000000,"end":1793600000,"granularity":"DAILY"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph()
                .query(
                        "fields",
                        AnalyticsFields.of(
                                call, "call_analytics", "phone_numbers", "metric_types", "directions", "dimensions"))
                .send();
    }
}
