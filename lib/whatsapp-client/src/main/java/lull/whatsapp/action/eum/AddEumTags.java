package lull.whatsapp.action.eum;

import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.members;
import static lull.whatsapp.action.ParameterType.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.Permission;

/// Adds tags to an account or number of AWS.
final class AddEumTags implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "add_eum_tags", ActionCategory.EUM, "Adds tags to an account or number of AWS.")
            .needs(Permission.IAM)
            .social("TagResource")
            .repeatable()
            .with(
                    token(),
                    EumParameters.RESOURCE,
                    required(
                            "tags",
                            list(
                                    members(
                                            required("key", text(128), "Key"),
                                            required("value", text(0, 256), "Value")),
                                    1,
                                    50),
                            "Tags"))
            .example("""
                    {"resource":"arn:aws:social-messaging:eu-central-1:123456789012:waba/00000000000000000000000000000001","tags":[{"key":"team","value":"shop"}]}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode socialRequest(ActionCall call) {
        ObjectNode request = call.object().put("resourceArn", call.text("resource"));
        ObjectNode tags = request.putObject("tags");
        call.value("tags")
                .forEach(tag ->
                        tags.put(tag.path("key").asText(), tag.path("value").asText()));
        return request;
    }
}
