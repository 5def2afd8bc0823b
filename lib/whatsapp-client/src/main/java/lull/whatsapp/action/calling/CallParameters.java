package lull.whatsapp.action.calling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.Parameter;
import lull.whatsapp.action.ParameterType;

/// Parameters that several actions with calls share.
final class CallParameters {

    static final Parameter CALL = Parameter.required(
            "call_id", ParameterType.text(1, 256, "wacid\\.\\S+", "the id of a webhook, wacid.…"), "Id of the call");

    static final Parameter ANSWER = Parameter.required(
            "sdp", ParameterType.text(20, 20_000, "(?s)v=0.*", "an answer that begins with v=0"), "Answer of WebRTC");

    private CallParameters() {}

    /// Returns the body of a request about a call.
    static ObjectNode body(ActionCall call, String action) {
        ObjectNode body =
                call.members("call_id").put("messaging_product", "whatsapp").put("action", action);
        if (call.has("sdp")) {
            body.putObject("session").put("sdp_type", "answer").put("sdp", call.text("sdp"));
        }
        return body;
    }
}
