package lull.whatsapp.action.eum;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.Permission;

/// Ends that AWS End User Messaging Social serves an account.
final class UnlinkEumAccount implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "unlink_eum_account",
                    ActionCategory.EUM,
                    "Ends that AWS End User Messaging Social serves an account.")
            .needs(Permission.IAM)
            .social("DisassociateWhatsAppBusinessAccount")
            .confirm(
                    "AWS no longer sends or receives for the account; linking it again needs Meta's sign-up in the console")
            .with(account(), token())
            .example("""
                    {"account":"waba-00000000000000000000000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
