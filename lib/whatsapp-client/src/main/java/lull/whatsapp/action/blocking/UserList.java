package lull.whatsapp.action.blocking;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.Parameter;
import lull.whatsapp.action.ParameterType;

/// Body of a request about customers: each by phone number or by user id.
final class UserList {

    private UserList() {}

    /// The customers whom an action is about.
    static Parameter parameter() {
        return Parameter.required(
                "users",
                ParameterType.list(
                        ParameterType.text(
                                4,
                                140,
                                "\\+?[0-9]{5,20}|[A-Z]{2}\\.(?:ENT\\.)?[A-Za-z0-9]{1,128}",
                                "a phone number or a user id"),
                        1,
                        1_000),
                "Customers");
    }

    static ObjectNode body(ActionCall call) {
        ObjectNode body = call.object().put("messaging_product", "whatsapp");
        ArrayNode users = body.putArray("block_users");
        call.value("users").forEach(user -> {
            String id = user.asText();
            users.addObject().put(Character.isLetter(id.charAt(0)) ? "user_id" : "user", id);
        });
        return body;
    }
}
