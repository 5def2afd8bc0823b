package lull.contract.reply;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Content of a reply: one alternative for each type of message that WhatsApp accepts, and the typing indicator.
///
/// `more` holds the members of WhatsApp's object that have no component here. They are sent to WhatsApp
/// unchanged.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ReplyContent.Text.class, name = "text"),
    @JsonSubTypes.Type(value = ReplyContent.Media.class, name = "media"),
    @JsonSubTypes.Type(value = ReplyContent.Location.class, name = "location"),
    @JsonSubTypes.Type(value = ReplyContent.Contacts.class, name = "contacts"),
    @JsonSubTypes.Type(value = ReplyContent.Reaction.class, name = "reaction"),
    @JsonSubTypes.Type(value = ReplyContent.Interactive.class, name = "interactive"),
    @JsonSubTypes.Type(value = ReplyContent.Template.class, name = "template"),
    @JsonSubTypes.Type(value = ReplyContent.Typing.class, name = "typing")
})
public sealed interface ReplyContent {

    /// Plain text of any length; it is split if it exceeds WhatsApp's limit of 4,096 characters.
    ///
    /// @param previewUrl whether WhatsApp shows a preview of the first link
    record Text(
            String body,
            @Nullable Boolean previewUrl,
            @Nullable ObjectNode more) implements ReplyContent {

        @JsonCreator
        public Text {
            requireNonNull(body, "body");
        }

        /// Creates a text without other members.
        public Text(String body) {
            this(body, null, null);
        }

        /// Returns the same with another body, such as a part of a text.
        public Text withBody(String part) {
            return new Text(part, previewUrl(), more());
        }

        @Override
        public String toString() {
            return "Text[" + body.length() + " characters]";
        }
    }

    /// A file: one that was uploaded to WhatsApp, or one that WhatsApp fetches.
    ///
    /// @param id WhatsApp's id of an uploaded file, or of one that the bridge fetches for another channel;
    ///     absent if there is a link
    /// @param link an https address; absent if there is an id
    /// @param filename of documents
    /// @param voice of audio: whether it is shown as a voice message
    record Media(
            Kind kind,
            @Nullable String id,
            @Nullable String link,
            @Nullable String caption,
            @Nullable String filename,
            @Nullable Boolean voice,
            @Nullable ObjectNode more)
            implements ReplyContent {

        /// The kind of a file.
        public enum Kind {
            IMAGE,
            VIDEO,
            AUDIO,
            DOCUMENT,
            STICKER;

            /// WhatsApp's word for it.
            @JsonValue
            public String word() {
                return name().toLowerCase(Locale.ROOT);
            }

            /// Returns the kind for a word; throws `IllegalArgumentException` if there is none.
            @JsonCreator
            static Kind of(String word) {
                return find(word).orElseThrow(() -> new IllegalArgumentException("No kind of media"));
            }

            /// Returns the kind for WhatsApp's word, if it is one.
            public static Optional<Kind> find(String word) {
                return Arrays.stream(values())
                        .filter(kind -> kind.word().equals(word))
                        .findFirst();
            }
        }

        public Media {
            requireNonNull(kind, "kind");
            if ((id == null) == (link == null)) {
                throw new IllegalArgumentException("Media have either an id or a link");
            }
        }

        @Override
        public String toString() {
            return "Media[" + kind.word() + "]";
        }
    }

    /// A place.
    ///
    /// @param latitude in degrees, -90 to 90
    /// @param longitude in degrees, -180 to 180
    record Location(
            BigDecimal latitude,
            BigDecimal longitude,
            @Nullable String name,
            @Nullable String address,
            @Nullable ObjectNode more)
            implements ReplyContent {

        public Location {
            requireNonNull(latitude, "latitude");
            requireNonNull(longitude, "longitude");
        }

        @Override
        public String toString() {
            return "Location[]";
        }
    }

    /// Cards of people.
    ///
    /// @param contacts WhatsApp's own list of them
    record Contacts(ArrayNode contacts) implements ReplyContent {

        public Contacts {
            requireNonNull(contacts, "contacts");
        }

        @Override
        public String toString() {
            return "Contacts[" + contacts.size() + "]";
        }
    }

    /// A reaction to a message.
    ///
    /// @param messageId WhatsApp's id of the message
    /// @param emoji empty to remove an earlier reaction
    record Reaction(
            String messageId, String emoji, @Nullable ObjectNode more) implements ReplyContent {

        public Reaction {
            requireNonNull(messageId, "messageId");
            requireNonNull(emoji, "emoji");
        }

        @Override
        public String toString() {
            return "Reaction[]";
        }
    }

    /// No message, but the indicator that somebody types, which also marks a message of the customer as read. It has no
    /// result: it is skipped if it comes too late, or if messages need the rate.
    ///
    /// @param messageId WhatsApp's id of the customer's message below which it is shown
    record Typing(String messageId) implements ReplyContent {

        public Typing {
            requireNonNull(messageId, "messageId");
        }

        @Override
        public String toString() {
            return "Typing[]";
        }
    }

    /// An interactive message: buttons, lists, links, products, flows and other types of WhatsApp.
    ///
    /// @param kind WhatsApp's `interactive.type`, such as `button` or `list`
    /// @param more everything else of WhatsApp's object: header, body, footer, action
    record Interactive(String kind, ObjectNode more) implements ReplyContent {

        public Interactive {
            requireNonNull(kind, "kind");
            requireNonNull(more, "more");
        }

        @Override
        public String toString() {
            return "Interactive[" + kind + "]";
        }
    }

    /// A template that WhatsApp has approved, the only content allowed outside of the care window.
    ///
    /// @param language WhatsApp's code of it, such as `en_US`
    /// @param components the values to fill in, in WhatsApp's own form
    record Template(
            String name,
            String language,
            @Nullable ArrayNode components,
            @Nullable ObjectNode more) implements ReplyContent {

        public Template {
            requireNonNull(name, "name");
            requireNonNull(language, "language");
        }

        @Override
        public String toString() {
            return "Template[" + name + "]";
        }
    }
}
