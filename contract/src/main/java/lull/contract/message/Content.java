package lull.contract.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a message says, typed. Made by [ContentParser] from WhatsApp's message object; field names follow the
/// WhatsApp Cloud API's webhook reference.
public sealed interface Content {

    ContentKind kind();

    /// Plain text of up to 4,096 characters.
    record Text(String body) implements Content {
        @Override
        public ContentKind kind() {
            return ContentKind.TEXT;
        }
    }

    /// A file. Its id can be fetched for seven days.
    ///
    /// @param kind one of the media kinds
    /// @param sha256 as WhatsApp gave it: base64, in some answers hexadecimal
    /// @param voice recorded in the app as a voice note
    /// @param animated an animated sticker
    record Media(
            ContentKind kind,
            String mediaId,
            @Nullable String mimeType,
            @Nullable String sha256,
            @Nullable String caption,
            @Nullable String filename,
            boolean voice,
            boolean animated)
            implements Content {
        public Media {
            if (!kind.isMedia()) {
                throw new IllegalArgumentException(kind + " is no media");
            }
        }
    }

    record Location(
            double latitude,
            double longitude,
            @Nullable String name,
            @Nullable String address,
            @Nullable String url) implements Content {
        @Override
        public ContentKind kind() {
            return ContentKind.LOCATION;
        }
    }

    record Contacts(List<Card> cards) implements Content {
        public Contacts {
            cards = List.copyOf(cards);
        }

        @Override
        public ContentKind kind() {
            return ContentKind.CONTACTS;
        }

        /// A contact card.
        public record Card(String name, List<String> phones, List<String> emails) {
            public Card {
                phones = List.copyOf(phones);
                emails = List.copyOf(emails);
            }
        }
    }

    /// A tap on a reply button: of an interactive message, or of a template (then the id is the button's
    /// payload).
    record ButtonReply(String id, String title) implements Content {
        @Override
        public ContentKind kind() {
            return ContentKind.BUTTON_REPLY;
        }
    }

    record ListReply(String id, String title, @Nullable String description) implements Content {
        @Override
        public ContentKind kind() {
            return ContentKind.LIST_REPLY;
        }
    }

    /// The answer of a WhatsApp Flow or address form, with its data as the JSON text that WhatsApp sent.
    record FlowReply(
            @Nullable String name,
            @Nullable String body,
            @Nullable String responseJson) implements Content {
        @Override
        public ContentKind kind() {
            return ContentKind.FLOW_REPLY;
        }
    }

    /// The answer to a request for permission to call.
    ///
    /// @param response `accept` or `reject`
    /// @param expiresAt when the permission ends, as WhatsApp wrote it: Unix seconds
    /// @param responseSource `user_action` or `automatic`
    record CallPermission(
            String response,
            @Nullable String expiresAt,
            @Nullable String responseSource) implements Content {
        @Override
        public ContentKind kind() {
            return ContentKind.CALL_PERMISSION;
        }
    }

    record Order(@Nullable String catalogId, @Nullable String text, List<Product> products) implements Content {
        public Order {
            products = List.copyOf(products);
        }

        @Override
        public ContentKind kind() {
            return ContentKind.ORDER;
        }

        /// One line of an order. Quantity and price are as WhatsApp wrote them.
        public record Product(
                String retailerId,
                @Nullable String quantity,
                @Nullable String itemPrice,
                @Nullable String currency) {}
    }

    /// A reaction to a message.
    ///
    /// @param emoji absent where the reaction was taken back
    record Reaction(String messageId, @Nullable String emoji) implements Content {
        @Override
        public ContentKind kind() {
            return ContentKind.REACTION;
        }
    }

    /// A notice of WhatsApp about the customer.
    ///
    /// @param type such as `user_changed_number`, `customer_identity_changed` or `user_changed_user_id`
    /// @param newId the customer's new phone number or user id
    record SystemNotice(
            @Nullable String type,
            @Nullable String body,
            @Nullable String newId) implements Content {
        @Override
        public ContentKind kind() {
            return ContentKind.SYSTEM;
        }
    }

    /// The customer opened the chat for the first time and has not written yet.
    record RequestWelcome() implements Content {
        @Override
        public ContentKind kind() {
            return ContentKind.REQUEST_WELCOME;
        }
    }

    /// A message that the customer changed.
    ///
    /// @param message the new message object, as WhatsApp sent it
    record Edit(String originalMessageId, JsonNode message) implements Content {
        @Override
        public ContentKind kind() {
            return ContentKind.EDIT;
        }
    }

    record Revoke(String originalMessageId) implements Content {
        @Override
        public ContentKind kind() {
            return ContentKind.REVOKE;
        }
    }

    /// What WhatsApp itself could not pass on.
    ///
    /// @param code WhatsApp's error code, mostly 131051; 0 where it gave none
    /// @param type what it was, such as `poll_creation` or `edit`
    record Unsupported(
            int code, @Nullable String reason, @Nullable String type) implements Content {
        @Override
        public ContentKind kind() {
            return ContentKind.UNSUPPORTED;
        }
    }

    /// A type that this version does not know, or one without the parts that make it readable.
    ///
    /// @param type WhatsApp's word, empty where there was none
    record Unknown(String type) implements Content {
        @Override
        public ContentKind kind() {
            return ContentKind.UNKNOWN;
        }
    }
}
