package lull.whatsapp.action.marketing;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.flag;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Decides whether marketing templates may be sent by the usual API (send_template), or only by
/// send_marketing_message.
final class SetMarketingChannel implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "set_marketing_channel",
                    ActionCategory.MARKETING,
                    "Decides whether marketing templates may be sent by the usual API (send_template), or only by send_marketing_message.")
            .graph("POST /{account}")
            .repeatable()
            .with(
                    account(),
                    token(),
                    required(
                            "disable_marketing_messages_on_cloud_api",
                            flag(),
                            "Whether send_template refuses marketing templates"))
            .example("""
                    {"account":"200000000000001","disable_marketing_messages_on_cloud_api":false}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
