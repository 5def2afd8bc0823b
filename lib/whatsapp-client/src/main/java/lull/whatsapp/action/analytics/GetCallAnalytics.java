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

/// Reads number, cost and duration of calls. It looks back one year.
final class GetCallAnalytics implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_call_analytics",
                    ActionCategory.ANALYTICS,
                    "Reads number, cost and duration of calls. It looks back one year.")
            .graph("GET /{account}")
            .with(
                    account(),
                    token(),
                    CommonParameters.time("start", "Begin"),
                    CommonParameters.time("end", "End"),
                    required("granularity", word("HALF_HOUR", "DAILY", "MONTHLY"), "Width of a point"),
                    optional("phone_numbers", list(text(5, 20, "[0-9]+", "digits"), 1, 100), "Only these numbers"),
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
