package lull.whatsapp.action.analytics;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.page;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.flag;
import static lull.whatsapp.action.ParameterType.id;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.word;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.CommonParameters;

/// Reads sends, reads, clicks and cost of up to ten templates. It looks back 90 days; run
/// enable_insights first.
final class GetTemplateAnalytics implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_template_analytics",
                    ActionCategory.ANALYTICS,
                    "Reads sends, reads, clicks and cost of up to ten templates. It looks back 90 days; run enable_insights first.")
            .graph("GET /{account}/template_analytics")
            .with(
                    account(),
                    token(),
                    CommonParameters.time("start", "Begin"),
                    CommonParameters.time("end", "End"),
                    required("template_ids", list(id(), 1, 10), "Ids of the templates"),
                    optional(
                            "metric_types",
                            list(
                                    word(
                                            "SENT",
                                            "DELIVERED",
                                            "READ",
                                            "CLICKED",
                                            "COST",
                                            "APP_ACTIVATIONS",
                                            "APP_ADD_TO_CART",
                                            "APP_CHECKOUTS_INITIATED",
                                            "APP_PURCHASES",
                                            "APP_PURCHASES_CONVERSION_VALUE",
                                            "WEBSITE_ADD_TO_CART",
                                            "WEBSITE_CHECKOUTS_INITIATED",
                                            "WEBSITE_PURCHASES",
                                            "WEBSITE_PURCHASES_CONVERSION_VALUE"),
                                    1,
                                    14),
                            "Metrics"),
                    optional(
                            "product_type",
                            word("CLOUD_API", "MARKETING_MESSAGES_LITE_API"),
                            "By which API they were sent"),
                    optional("use_waba_timezone", flag(), "Whether days are those of the account"))
            .with(page())
            .rule(AnalyticsFields.days(90))
            .example("""
                    {"account":"200000000000001","start":1793000000,"end":1793600000,"template_ids":["300000000000001"]}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph()
                .query("granularity", "DAILY")
                .queryOf("start", "end", "template_ids", "metric_types", "product_type", "use_waba_timezone")
                .page()
                .send();
    }
}
