package lull.whatsapp.action.profile;

import static lull.whatsapp.action.ActionRule.atLeastOne;
import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.word;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Changes the business profile of a number. What is not given stays.
final class UpdateProfile implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "update_profile",
                    ActionCategory.PROFILE,
                    "Changes the business profile of a number. What is not given stays.")
            .graph("POST /{number}/whatsapp_business_profile")
            .repeatable()
            .with(
                    number(),
                    optional("about", text(139), "Line below the name"),
                    optional("address", text(0, 256), "Address"),
                    optional("description", text(0, 512), "Description"),
                    optional("email", text(3, 128, "[^@\\s]+@[^@\\s]+", "an e-mail address"), "E-mail address"))
            .with(optional(
                    "websites",
                    list(
                            text(1, 256, "https?://[^\\s/?#]+(?:[/?#]\\S*)?", "an address with http:// or https://"),
                            0,
                            2),
                    "Websites"))
            .with(optional(
                    "vertical",
                    word(
                            "",
                            "OTHER",
                            "AUTO",
                            "BEAUTY",
                            "APPAREL",
                            "EDU",
                            "ENTERTAIN",
                            "EVENT_PLAN",
                            "FINANCE",
                            "GROCERY",
                            "GOVT",
                            "HOTEL",
                            "HEALTH",
                            "NONPROFIT",
                            "PROF_SERVICES",
                            "RETAIL",
                            "TRAVEL",
                            "RESTAURANT",
                            "NOT_A_BIZ",
                            "ALCOHOL",
                            "ONLINE_GAMBLING",
                            "PHYSICAL_GAMBLING",
                            "OTC_DRUGS",
                            "MATRIMONY_SERVICE"),
                    "Industry"))
            .with(optional(
                    "profile_picture_handle",
                    text(8, 4_000, "[0-9]+:.+", "a handle of upload_sample, not a media id"),
                    "Picture"))
            .rule(atLeastOne(
                    "about", "address", "description", "email", "websites", "vertical", "profile_picture_handle"))
            .example("""
                    {"number":"100000000000001","about":"We are here from 9 to 18","websites":["https://example.com"],"vertical":"RETAIL"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph().productJson().send();
    }
}
