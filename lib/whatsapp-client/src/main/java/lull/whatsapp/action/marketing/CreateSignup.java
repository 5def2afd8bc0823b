package lull.whatsapp.action.marketing;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.url;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Creates an in-app sign-up, by which customers agree to marketing messages.
final class CreateSignup implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "create_signup",
                    ActionCategory.MARKETING,
                    "Creates an in-app sign-up, by which customers agree to marketing messages.")
            .graph("POST /{account}/signups")
            .with(
                    account(),
                    token(),
                    required("signup_message", text(1_024), "Question"),
                    required("confirmation_message", text(1_024), "Answer after they have agreed"),
                    required("privacy_policy_url", url(2_000), "Address of the privacy policy"))
            .example("""
                    {"account":"200000000000001","signup_message":"May we send you offers?","confirmation_message":"Thank you","privacy_policy_url":"https://example.com/privacy"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
