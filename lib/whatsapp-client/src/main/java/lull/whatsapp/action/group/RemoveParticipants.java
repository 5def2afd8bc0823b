package lull.whatsapp.action.group;

import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.Permission;

/// Removes people from a group. They cannot join again by the link.
final class RemoveParticipants implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "remove_participants",
                    ActionCategory.GROUPS,
                    "Removes people from a group. They cannot join again by the link.")
            .needs(Permission.MESSAGING)
            .graph("DELETE /{group}/participants")
            .webhook("group_participants_update")
            .confirm("They cannot join again by the link")
            .with(
                    GroupParameters.GROUP,
                    token(),
                    required(
                            "users",
                            list(
                                    text(
                                            4,
                                            140,
                                            "\\+?[0-9]{5,20}|[A-Z]{2}\\.(?:ENT\\.)?[A-Za-z0-9]{1,128}",
                                            "a phone number or a user id"),
                                    1,
                                    8),
                            "Participants"))
            .example("""
                    {"group":"Y2FwaV9ncm91cDox","users":["15550001001"]}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        ObjectNode body = call.object().put("messaging_product", "whatsapp");
        ArrayNode participants = body.putArray("participants");
        call.value("users")
                .forEach(user -> participants
                        .addObject()
                        .put(Character.isLetter(user.asText().charAt(0)) ? "user_id" : "user", user.asText()));
        return call.graph().json(body).send();
    }
}
