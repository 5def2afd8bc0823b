package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import lull.standins.http.Json;

/// Meta's library of templates.
final class LibraryBook {
    private static final List<ObjectNode> ENTRIES = List.of(
            entry("delivery_update_1", "ORDER_MANAGEMENT", "DELIVERY_UPDATE", "Your order is on its way."),
            entry("payment_reminder_1", "PAYMENTS", "PAYMENT_REMINDER", "Your payment is due soon."));

    private LibraryBook() {}

    static ObjectNode list(BusinessCall call) {
        return call.page(ENTRIES.stream()
                .filter(each -> (!call.has("search") || each.toString().contains(call.text("search")))
                        && (!call.has("topic") || each.path("topic").asText().equals(call.text("topic")))
                        && (!call.has("usecase")
                                || each.path("usecase").asText().equals(call.text("usecase"))))
                .toList());
    }

    private static ObjectNode entry(String name, String topic, String usecase, String body) {
        return Json.object()
                .put("name", name)
                .put("language", "en_US")
                .put("category", "UTILITY")
                .put("topic", topic)
                .put("usecase", usecase)
                .put("body", body);
    }
}
