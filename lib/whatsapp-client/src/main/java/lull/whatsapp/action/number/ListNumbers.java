package lull.whatsapp.action.number;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.fields;
import static lull.whatsapp.action.CommonParameters.page;
import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Lists the business numbers of an account.
final class ListNumbers implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "list_numbers", ActionCategory.NUMBERS, "Lists the business numbers of an account.")
            .graph("GET /{account}/phone_numbers")
            .with(account(), token(), fields())
            .with(page())
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
                .fields("id,display_phone_number,verified_name,quality_rating,status,code_verification_status")
                .page()
                .send();
    }
}
