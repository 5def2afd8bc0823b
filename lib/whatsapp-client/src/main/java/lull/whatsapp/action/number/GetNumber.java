package lull.whatsapp.action.number;

import static lull.whatsapp.action.CommonParameters.fields;
import static lull.whatsapp.action.CommonParameters.number;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Reads a business number: state, name, quality, throughput, limits.
final class GetNumber implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_number",
                    ActionCategory.NUMBERS,
                    "Reads a business number: state, name, quality, throughput, limits.")
            .graph("GET /{number}")
            .social("GetLinkedWhatsAppBusinessAccountPhoneNumber")
            .with(number(), fields())
            .example("""
                    {"number":"100000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph()
                .fields(
                        "display_phone_number,verified_name,quality_rating,quality_score,status,name_status,new_name_status,code_verification_status,platform_type,throughput,account_mode,is_official_business_account,is_pin_enabled,health_status,webhook_configuration,last_onboarded_time")
                .send();
    }
}
