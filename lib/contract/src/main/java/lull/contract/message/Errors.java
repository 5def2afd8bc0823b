package lull.contract.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// Reasons of WhatsApp for what it did not deliver: the first of a message's `errors`.
final class Errors {

    private Errors() {}

    /// The most telling of an error's texts; empty if the message has no error that says something.
    static Optional<String> reason(JsonNode message) {
        JsonNode error = message.path("errors").path(0);
        return Fields.text(error.path("error_data"), "details")
                .or(() -> Fields.text(error, "message"))
                .or(() -> Fields.text(error, "title"))
                .filter(text -> !text.isBlank());
    }
}
