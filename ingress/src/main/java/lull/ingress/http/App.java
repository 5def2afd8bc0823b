package lull.ingress.http;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import lull.contract.topic.Topics;
import lull.ingress.webhook.InputRoutes;

/// A WhatsApp app whose webhooks Meta sends here.
///
/// @param name as the configuration and the address of its webhook name it
/// @param verifyToken what its handshake must know
public record App(String name, AppSecrets secrets, String verifyToken, InputRoutes routes) {

    /// Stands for every app that there is not: nobody knows its secret, nor its token.
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
