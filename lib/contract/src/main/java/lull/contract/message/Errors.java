package lull.contract.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// Reasons of WhatsApp for what it did not deliver: the first of a message's `errors`. Pure.
final class Errors {

    private Errors() {}

    /// Returns the most informative of an error's texts; empty if the message has no error with a text.
    static Optional<String> reason(JsonNode message) {
        JsonNode error = message.path("errors").path(0);
        return Fields.text(error.path("error_data"), "details")
                .or(() -> Fields.text(error, "message"))
                .or(() -> Fields.text(error, "title"))
                .filter(text -> !text.isBlank());
    }
}
