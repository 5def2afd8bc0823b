package lull.contract.message;

import static lull.contract.message.Fields.textOrNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Context of a message that refers to another one: `context` in WhatsApp's webhook reference.
/// Immutable.
///
/// @param messageId the message that it answers; it may be older than all records
/// @param from who had sent that message
/// @param forwarded it was first written for someone else
/// @param frequentlyForwarded it was forwarded more than five times
/// @param product the product that it asks about
public record MessageContext(
        @Nullable String messageId,
        @Nullable String from,
        boolean forwarded,
        boolean frequentlyForwarded,
        @Nullable Product product) {

    /// A product of a catalogue.
    public record Product(
            @Nullable String catalogId, @Nullable String retailerId) {}

    /// Returns the context of a message object; empty if it has none.
    public static Optional<MessageContext> of(JsonNode message) {
        JsonNode context = message.path("context");
        if (!context.isObject()) {
            return Optional.empty();
        }
        JsonNode product = context.path("referred_product");
        boolean frequently = context.path("frequently_forwarded").asBoolean(false);
        return Optional.of(new MessageContext(
                Fields.text(context, "id").filter(id -> !id.isBlank()).orElse(null),
                textOrNull(context, "from"),
                frequently || context.path("forwarded").asBoolean(false),
                frequently,
                product.isObject()
                        ? new Product(textOrNull(product, "catalog_id"), textOrNull(product, "product_retailer_id"))
                        : null));
    }
}
