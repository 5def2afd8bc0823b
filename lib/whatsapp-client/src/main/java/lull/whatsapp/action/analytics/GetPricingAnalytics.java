package lull.whatsapp.action.analytics;

import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.word;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Reads volume and cost by type, category, country and tier. It looks back one year. SERVICE with
/// FREE_CUSTOMER_SERVICE by PHONE shows what is left of the free service messages.
final class GetPricingAnalytics implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_pricing_analytics",
                    ActionCategory.ANALYTICS,
                    "Reads volume and cost by type, category, country and tier. It looks back one year. SERVICE with FREE_CUSTOMER_SERVICE by PHONE shows what is left of the free service messages.")
            .graph("GET /{account}")
            .with(AnalyticsFields.ofNumbers("HALF_HOUR", "DAILY", "MONTHLY"))
            .with(
                    optional("metric_types", list(word("COST", "VOLUME"), 1, 2), "Metrics"),
                    optional(
                            "pricing_types",
                            list(word("REGULAR", "FREE_CUSTOMER_SERVICE", "FREE_ENTRY_POINT"), 1, 3),
                            "Only these types"),
                    optional(
                            "pricing_categories",
                            list(
                                    word(
                                            "MARKETING",
                                            "MARKETING_LITE",
                                            "UTILITY",
                                            "AUTHENTICATION",
                                            "AUTHENTICATION_INTERNATIONAL",
                                            "SERVICE",
                                            "REFERRAL_CONVERSION",
                                            "GENERAL_PURPOSE_AI",
                                            "GROUP_MARKETING",
                                            "GROUP_UTILITY",
                                            "GROUP_SERVICE"),
                                    1,
                                    11),
                            "Only these categories"),
                    optional("country_codes", list(text(2, 2), 1, 100), "Only customers of these countries"),
                    optional(
                            "dimensions",
                            list(word("COUNTRY", "PHONE", "PRICING_CATEGORY", "PRICING_TYPE", "TIER"), 1, 5),
                            "What points are split by"))
            .rule(AnalyticsFields.window())
            .example("""
                    {"account":"200000000000001","start":1793000000,"end":1793600000,"granularity":"DAILY","dimensions":["PRICING_CATEGORY","COUNTRY"]}
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
                                call,
                                "pricing_analytics",
                                "phone_numbers",
                                "metric_types",
                                "pricing_types",
                                "pricing_categories",
                                "country_codes",
                                "dimensions"))
                .send();
    }
}
