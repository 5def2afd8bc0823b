package lull.local.trypage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import lull.contract.json.Json;

/// Fault of a stand-in that the page can switch on and off. Each has a target of its own, by which it is removed.
enum FaultSwitch {
    CONNECT_THROTTLES(true, "SendMessage", "ThrottlingException", 0, "Amazon Connect throttles messages"),
    CONNECT_IS_DOWN(true, "StartChatContact", "InternalServiceException", 0, "Amazon Connect opens no chat"),
    NOTIFICATIONS_TWICE(true, "sns.duplicate", "", 0, "SNS delivers the agent's messages twice"),
    NOTIFICATIONS_LOST(true, "sns.drop", "", 0, "SNS loses the agent's messages"),
    WHATSAPP_THROTTLES(false, "messages", "130429", 0, "WhatsApp throttles replies"),
    STATUSES_MIXED(false, "status.reorder", "", 0, "WhatsApp's statuses arrive in the wrong order"),
    STATUSES_LATE(false, "status.delay", "", 3_000, "WhatsApp's statuses are three seconds late"),
    DELIVERY_FAILS(false, "status.failed", "131026", 0, "The customer's phone cannot be reached");

    private static final int TIMES = 1_000_000;

    private final boolean ofConnect;
    private final String target;
    private final String code;
    private final int delayMillis;
    private final String label;

    FaultSwitch(boolean ofConnect, String target, String code, int delayMillis, String label) {
        this.ofConnect = ofConnect;
        this.target = target;
        this.code = code;
        this.delayMillis = delayMillis;
        this.label = label;
    }

    /// Returns the switch of this id.
    static Optional<FaultSwitch> of(String id) {
        return Arrays.stream(values()).filter(it -> it.id().equals(id)).findFirst();
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether the stand-in of Amazon Connect has it; else that of WhatsApp.
    boolean ofConnect() {
        return ofConnect;
    }

    String target() {
        return target;
    }

    String label() {
        return label;
    }

    /// Returns the body that adds the fault.
    byte[] body() {
        ObjectNode body = Json.object().put("target", target).put("times", TIMES);
        if (!code.isEmpty()) {
            body.put("code", code);
        }
        if (delayMillis > 0) {
            body.put("delayMillis", delayMillis);
        }
        return Json.bytes(body);
    }
}
