package lull.bench;

import java.util.Locale;
import java.util.Map;

/// Business number beside another one in the same bridge.
enum Neighbour {
    /// Nobody: the number is alone.
    NONE,
    /// A number with the same settings.
    HEALTHY,
    /// A number whose contact flow does not exist and whose access token WhatsApp refuses.
    MISCONFIGURED;

    /// The neighbour's phone number id.
    static final String NUMBER = "100000000000002";

    /// The bridge's settings for it.
    Map<String, String> settings() {
        return switch (this) {
            case NONE -> Map.of();
            case HEALTHY -> Map.of("connect.numbers", NUMBER);
            case MISCONFIGURED ->
                Map.of(
                        "connect.numbers",
                        NUMBER,
                        "connect.contact.flow.id." + NUMBER,
                        "00000000-0000-4000-8000-00000000dead",
                        "whatsapp.access.token." + NUMBER,
                        "revoked");
        };
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
