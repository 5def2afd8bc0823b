package lull.ingress;

/// A WhatsApp app whose webhooks Meta sends here.
///
/// @param name as the configuration and the address of its webhook name it
/// @param verifyToken what its handshake must know
record App(String name, AppSecrets secrets, String verifyToken, InputRoutes routes) {

    @Override
    public String toString() {
        return "App[" + name + "]";
    }
}
