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

/// Reads conversations and their cost. It looks back one year.
final class GetConversationAnalytics implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_conversation_analytics",
                    ActionCategory.ANALYTICS,
                    "Reads conversations and their cost. It looks back one year.")
            .graph("GET /{account}")
            .with(
                    account(),
                    token(),
                    CommonParameters.time("start", "Begin"),
                    CommonParameters.time("end", "End"),
                    required("granularity", word("HALF_HOUR", "DAILY", "MONTHLY"), "Width of a point"),
                    optional("phone_numbers", list(text(5, 20, "[0-9]+", "digits"), 1, 100), "Only these numbers"),
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
