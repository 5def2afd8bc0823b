package lull.whatsapp.action.eum;

import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.Permission;

/// Removes tags of an account or number of AWS.
final class RemoveEumTags implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "remove_eum_tags", ActionCategory.EUM, "Removes tags of an account or number of AWS.")
            .needs(Permission.IAM)
            .social("UntagResource")
            .repeatable()
            .with(token(), EumParameters.RESOURCE, required("keys", list(text(128), 1, 50), "Keys"))
            .example("""
                    {"resource":"arn:aws:social-messaging:eu-central-1:123456789012:waba/00000000000000000000000000000001","keys":["team"]}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode socialRequest(ActionCall call) {
        ObjectNode request = call.object().put("resourceArn", call.text("resource"));
        request.set("tagKeys", call.value("keys"));
        return request;
    }
}
