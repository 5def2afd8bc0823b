package lull.whatsapp.action.analytics;

import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.word;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Reads conversations and their cost. It looks back one year.
final class GetConversationAnalytics implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_conversation_analytics",
                    ActionCategory.ANALYTICS,
                    "Reads conversations and their cost. It looks back one year.")
            .graph("GET /{account}")
            .with(AnalyticsFields.ofNumbers("HALF_HOUR", "DAILY", "MONTHLY"))
            .with(
                    optional("metric_types", list(word("COST", "CONVERSATION"), 1, 2), "Metrics"),
                    optional(
                            "conversation_categories",
                            list(
                                    word(
                                            "AUTHENTICATION",
                                            "AUTHENTICATION_INTERNATIONAL",
                                            "MARKETING",
                                            "MARKETING_LITE",
                                            "SERVICE",
                                            "UTILITY"),
                                    1,
                                    6),
                            "Only these categories"),
                    optional(
                            "conversation_types",
                            list(word("REGULAR", "FREE_TIER", "FREE_ENTRY"), 1, 3),
                            "Only these types"),
                    optional(
                            "conversation_directions",
                            list(word("BUSINESS_INITIATED", "USER_INITIATED"), 1, 2),
                            "Who began"),
                    optional(
                            "dimensions",
                            list(
                                    word(
                                            "CONVERSATION_CATEGORY",
                                            "CONVERSATION_DIRECTION",
                                            "CONVERSATION_TYPE",
                                            "COUNTRY",
                                            "PHONE"),
                                    1,
                                    5),
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
                                call,
                                "conversation_analytics",
                                "phone_numbers",
                                "metric_types",
                                "conversation_categories",
                                "conversation_types",
                                "conversation_directions",
                                "dimensions"))
                .send();
    }
}
