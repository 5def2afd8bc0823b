package lull.whatsapp.action.account;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.fields;
import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Reads an account: name, currency, time zone, reviews, health, marketing.
final class GetAccount implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_account",
                    ActionCategory.ACCOUNTS,
                    "Reads an account: name, currency, time zone, reviews, health, marketing.")
            .graph("GET /{account}")
            .social("GetLinkedWhatsAppBusinessAccount")
            .with(account(), token(), fields())
            .example("""
                    {"account":"200000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph()
                .fields(
                        "name,currency,timezone_id,country,status,business_verification_status,account_review_status,ownership_type,health_status,is_enabled_for_insights,marketing_messages_onboarding_status,primary_business_location")
                .send();
    }
}
