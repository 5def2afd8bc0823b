package lull.contract.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Typed content of a message. Created by [ContentParser] from WhatsApp's message object; field names
/// follow the WhatsApp Cloud API's webhook reference.
public sealed interface Content {

    ContentKind kind();

    /// Plain text of up to 4,096 characters.
    record Text(String body) implements Content {
        @Override
        public ContentKind kind() {
            return ContentKind.TEXT;
        }
    }

    /// A file, which can be fetched by its id for seven days.
    ///
    /// @param kind one of the media kinds
    /// @param mediaId empty if WhatsApp did not deliver the file
    /// @param sha256 as WhatsApp gave it: base64, in some answers hexadecimal
    /// @param voice recorded in the app as a voice note
    /// @param animated an animated sticker
    /// @param error what WhatsApp says about a file that it did not deliver
    record Media(
            ContentKind kind,
            String mediaId,
            @Nullable String mimeType,
            @Nullable String sha256,
            @Nullable String caption,
            @Nullable String filename,
            boolean voice,
            boolean animated,
            @Nullable String error)
            implements Content {
        public Media {
            if (!kind.isMedia()) {
                throw new IllegalArgumentException(kind + " is no media");
            }
        }

        /// Creates a file that WhatsApp has.
        public Media(
                ContentKind kind,
                String mediaId,
                @Nullable String mimeType,
                @Nullable String sha256,
                @Nullable String caption,
                @Nullable String filename,
                boolean voice,
                boolean animated) {
            this(kind, mediaId, mimeType, sha256, caption, filename, voice, animated, null);
        }

        /// Whether there is a file that can be fetched.
        public boolean isFetchable() {
            return !mediaId.isBlank();
        }
    }

    /// A place: a pin on the map, its name or address, or all of these.
    ///
    /// @param latitude absent if the pin is missing, together with the longitude
    record Location(
            @Nullable Double latitude,
            @Nullable Double longitude,
            @Nullable String name,
            @Nullable String address,
            @Nullable String url)
            implements Content {
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

        /// A contact card, of which every member may be missing.
        ///
        /// @param name as it is shown, with all its parts; empty if it has none
        /// @param addresses each in one line
        /// @param birthday as WhatsApp wrote it
        /// @param others everything else that people can read, such as a note
        public record Card(
                String name,
                @Nullable String title,
                @Nullable String department,
                @Nullable String company,
                List<Entry> phones,
                List<Entry> emails,
                List<Entry> addresses,
                List<Entry> urls,
                @Nullable String birthday,
                List<String> others) {
            public Card {
                phones = List.copyOf(phones);
                emails = List.copyOf(emails);
                addresses = List.copyOf(addresses);
                urls = List.copyOf(urls);
                others = List.copyOf(others);
            }
        }

        /// One of several phone numbers, addresses and the like of a card.
        ///
        /// @param kind WhatsApp's or the customer's word for it, such as `WORK`
        public record Entry(String value, @Nullable String kind) {}
    }

    /// A tap on a reply button: of an interactive message, or of a template (then the id is the
    /// button's payload).
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

    /// The answer of a WhatsApp Flow or address form, with its data as the JSON text that WhatsApp
    /// sent.
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
    /// @param messageId empty if WhatsApp gave none
    /// @param emoji absent if the reaction was removed
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
    /// @param texts the readable texts of a notice without a body
    record SystemNotice(
            @Nullable String type,
            @Nullable String body,
            @Nullable String newId,
            List<String> texts) implements Content {
        public SystemNotice {
            texts = List.copyOf(texts);
        }

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
    /// @param originalMessageId empty if WhatsApp gave none
    /// @param message the new message object, as WhatsApp sent it
    record Edit(String originalMessageId, JsonNode message) implements Content {
        @Override
        public ContentKind kind() {
            return ContentKind.EDIT;
        }
    }

    /// A message that the customer deleted.
    ///
    /// @param originalMessageId empty if WhatsApp gave none
    record Revoke(String originalMessageId) implements Content {
        @Override
        public ContentKind kind() {
            return ContentKind.REVOKE;
        }
    }

    /// A customer's call to the business that has ended.
    ///
    /// @param isMissed whether nobody answered it
    /// @param at when it started, else when it ended; absent if WhatsApp does not say
    /// @param duration how long it lasted; absent if it was missed
    record Call(
            boolean isMissed,
            @Nullable Instant at,
            @Nullable Duration duration) implements Content {
        @Override
        public ContentKind kind() {
            return isMissed ? ContentKind.MISSED_CALL : ContentKind.CALL;
        }
    }

    /// The customer is left to the business by Meta Business Agent, which has answered until now.
    ///
    /// @param reason why; absent if WhatsApp does not say
    /// @param summary of what the customer wrote to it; absent if there is none
    record TakeOver(@Nullable String reason, @Nullable String summary) implements Content {
        @Override
        public ContentKind kind() {
            return ContentKind.TAKE_OVER;
        }
    }

    /// A message that WhatsApp itself could not deliver.
    ///
    /// @param code WhatsApp's error code, mostly 131051; 0 if it gave none
    /// @param type its type, such as `poll_creation` or `edit`
    /// @param texts the readable texts in it besides these
    record Unsupported(
            int code, @Nullable String reason, @Nullable String type, List<String> texts) implements Content {
        public Unsupported {
            texts = List.copyOf(texts);
        }

        @Override
        public ContentKind kind() {
            return ContentKind.UNSUPPORTED;
        }
    }

    /// A type that this version does not know, or a message without the parts that make it readable.
    ///
    /// @param type WhatsApp's word, empty if there was none
    /// @param innerType the type within it, such as that of an interactive message
    /// @param texts the readable texts in it, in their order
    record Unknown(String type, @Nullable String innerType, List<String> texts) implements Content {
        public Unknown {
            texts = List.copyOf(texts);
        }

        @Override
        public ContentKind kind() {
            return ContentKind.UNKNOWN;
        }
    }
}
