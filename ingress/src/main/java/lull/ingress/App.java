package lull.ingress;

import java.util.List;

/// A WhatsApp app whose webhooks Meta sends here.
///
/// @param name as the configuration and the address of its webhook name it
/// @param secrets any of them may have signed, so that they can be rotated
/// @param verifyToken what its handshake must know
record App(String name, List<String> secrets, String verifyToken, InputRoutes routes) {

    App {
        secrets = List.copyOf(secrets);
    }

    @Override
    public String toString() {
        return "App[" + name + "]";
    }
}
