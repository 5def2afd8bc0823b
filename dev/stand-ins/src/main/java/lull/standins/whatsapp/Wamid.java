package lull.standins.whatsapp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;

/// Message ids that look like WhatsApp's.
final class Wamid {
    private Wamid() {}

    static String fresh(String customer) {
        String inner = "\u001d\u0003" + customer + "\u0015\u0002\u0000\u0011\u0018 "
                + UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT) + "\u0000";
        return "wamid." + Base64.getEncoder().encodeToString(inner.getBytes(StandardCharsets.ISO_8859_1));
    }
}
