package lull.whatsapp.action.eum;

import static lull.whatsapp.action.CommonParameters.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.Permission;

/// Lists the tags of an account or number of AWS.
final class ListEumTags implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "list_eum_tags", ActionCategory.EUM, "Lists the tags of an account or number of AWS.")
            .needs(Permission.IAM)
            .social("ListTagsForResource")
            .with(token(), EumParameters.RESOURCE)
            .example("""
                    {"resource":"arn:aws:social-messaging:eu-central-1:123456789012:waba/00000000000000000000000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode socialRequest(ActionCall call) {
        return call.object().put("resourceArn", call.text("resource"));
    }
}
