package lull.contract.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// State of a customer's identity: `identity` in WhatsApp's webhook reference. It changes when the
/// customer registers WhatsApp again. Immutable.
///
/// @param acknowledged whether the business has acknowledged the latest change
/// @param hash changes with the identity
/// @param createdTimestamp when the identity was created, as WhatsApp wrote it: Unix seconds
public record Identity(
        boolean acknowledged,
        @Nullable String hash,
        @Nullable String createdTimestamp) {

    /// Returns the identity of a message object or of its `system` notice; empty if it has none.
    static Optional<Identity> of(JsonNode message) {
        JsonNode own = message.path("identity");
        JsonNode identity = own.isObject() ? own : message.path("system").path("identity");
        if (!identity.isObject()) {
            return Optional.empty();
        }
        return Optional.of(new Identity(
                identity.path("acknowledged").asBoolean(false),
                Fields.textOrNull(identity, "hash"),
                Fields.textOrNull(identity, "created_timestamp")));
    }
}
