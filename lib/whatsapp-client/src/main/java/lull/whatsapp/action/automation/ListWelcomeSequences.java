package lull.whatsapp.action.automation;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.page;
import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Lists the welcome messages of ads that click to WhatsApp, and whether an ad uses them.
final class ListWelcomeSequences implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "list_welcome_sequences",
                    ActionCategory.AUTOMATION,
                    "Lists the welcome messages of ads that click to WhatsApp, and whether an ad uses them.")
            .graph("GET /{account}/welcome_message_sequences")
            .with(account(), token())
            .with(page())
            .example("""
                    {"account":"200000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
