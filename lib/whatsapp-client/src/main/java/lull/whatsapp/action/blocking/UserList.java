package lull.whatsapp.action.blocking;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;

/// Body of a request about customers: each by phone number or by user id.
final class UserList {

    private UserList() {}

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
