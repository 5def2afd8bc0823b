package lull.whatsapp.action.eum;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.Permission;

/// Sets the destination to which AWS publishes the webhooks of an account: one SNS topic or Amazon Connect instance, or
/// nothing.
final class SetEumEventDestination implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "set_eum_event_destination",
                    ActionCategory.EUM,
                    "Sets the destination to which AWS publishes the webhooks of an account: one SNS topic or Amazon Connect instance, or nothing.")
            .needs(Permission.IAM)
            .social("PutWhatsAppBusinessAccountEventDestinations")
            .repeatable()
            .confirm("Without a destination customers' messages no longer arrive")
            .with(
                    account(),
                    token(),
                    optional(
                            "event_destination_arn",
                            text(1, 2_048, "arn:aws[a-z-]*:\\S+", "an ARN"),
                            "ARN; absent: no destination"),
                    optional(
                            "role_arn",
                            text(1, 2_048, "arn:aws[a-z-]*:iam::\\S+", "the ARN of a role"),
                            "Role that may publish"))
            .example("""
                    {"account":"waba-00000000000000000000000000000001","event_destination_arn":"arn:aws:sns:eu-central-1:123456789012:whatsapp"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ObjectNode socialRequest(ActionCall call) {
        ObjectNode request = call.object();
        if (call.has("event_destination_arn")) {
            request.put("eventDestinationArn", call.text("event_destination_arn"));
        }
        return call.has("role_arn") ? request.put("roleArn", call.text("role_arn")) : request;
    }
}
