package lull.whatsapp.action.profile;

import static lull.whatsapp.action.CommonParameters.fields;
import static lull.whatsapp.action.CommonParameters.number;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Reads the business profile of a number.
final class GetProfile implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_profile", ActionCategory.PROFILE, "Reads the business profile of a number.")
            .graph("GET /{number}/whatsapp_business_profile")
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
                .fields("about,address,description,email,profile_picture_url,websites,vertical")
                .send();
    }
}
