package lull.contract.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// Reasons of WhatsApp for what it did not deliver: a message's `errors`. Pure.
final class Errors {

    private Errors() {}

    /// Returns the most informative text of the first error that has one; empty if there is none. Older
    /// APIs write `details` beside the title.
    static Optional<String> reason(JsonNode message) {
        for (JsonNode error : message.path("errors")) {
            Optional<String> reason = text(error.path("error_data"), "details")
                    .or(() -> text(error, "details"))
                    .or(() -> text(error, "message"))
                    .or(() -> text(error, "title"));
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Fields.text(node, field).filter(text -> !text.isBlank());
    }
}
