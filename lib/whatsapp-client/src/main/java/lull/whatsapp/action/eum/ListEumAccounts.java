package lull.whatsapp.action.eum;

import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.whole;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.Permission;

/// Lists the accounts that are linked to AWS End User Messaging Social.
final class ListEumAccounts implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "list_eum_accounts",
                    ActionCategory.EUM,
                    "Lists the accounts that are linked to AWS End User Messaging Social.")
            .needs(Permission.IAM)
            .social("ListLinkedWhatsAppBusinessAccounts")
            .with(
                    token(),
                    optional("limit", whole(1, 100), "Most entries of a page"),
                    optional("after", text(600), "nextToken of the answer before"))
            .example("""
                    {"limit":10}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode socialRequest(ActionCall call) {
        ObjectNode request = call.object();
        if (call.has("limit")) {
            request.set("maxResults", call.value("limit"));
        }
        return call.has("after") ? request.put("nextToken", call.text("after")) : request;
    }
}
