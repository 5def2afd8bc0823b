package lull.ingress.http;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import lull.contract.topic.Topics;
import lull.ingress.webhook.InputRoutes;

/// WhatsApp app whose webhooks Meta sends to this ingress.
///
/// @param name the app's name in the configuration and in the address of its webhook
/// @param verifyToken the token that the handshake must contain
public record App(String name, AppSecrets secrets, String verifyToken, InputRoutes routes) {

    /// Stands for every app that is not configured: no caller knows its secret or its token.
    static App unknown() {
        return new App(
                "unknown",
                new AppSecrets(List.of(random())),
                random(),
                new InputRoutes(Map.of(), Topics.MESSAGE_RECEIVED.name()));
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String toString() {
        return "App[" + name + "]";
    }
}
