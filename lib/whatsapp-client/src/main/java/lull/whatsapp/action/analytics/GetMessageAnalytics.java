package lull.whatsapp.action.analytics;

import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.whole;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Reads how many messages were sent and delivered. It looks back one year.
final class GetMessageAnalytics implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_message_analytics",
                    ActionCategory.ANALYTICS,
                    "Reads how many messages were sent and delivered. It looks back one year.")
            .graph("GET /{account}")
            .with(AnalyticsFields.ofNumbers("HALF_HOUR", "DAY", "MONTH"))
            .with(
                    optional("country_codes", list(text(2, 2), 1, 100), "Only customers of these countries"),
                    optional("product_types", list(whole(0, 100), 1, 3), "0 templates, 2 others, 100 of customers"))
            .rule(AnalyticsFields.window())
            .example("""
                    {"account":"200000000000001","start":1793000000,"end":1793600000,"granularity":"DAY"}
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
                        AnalyticsFields.of(call, "analytics", "phone_numbers", "country_codes", "product_types"))
                .send();
    }
}
