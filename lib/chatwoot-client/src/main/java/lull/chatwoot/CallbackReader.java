package lull.chatwoot;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lull.chatwoot.Callback.Choice;
import lull.chatwoot.Callback.Contact;
import lull.chatwoot.Callback.FileLink;
import org.jspecify.annotations.Nullable;

/// Reader of Chatwoot's callbacks: what of them is meant for a customer. Never fails; what it does not
/// understand is ignored with a reason. Pure. See "Webhooks" at developers.chatwoot.com.
public final class CallbackReader {

    /// Why a callback is ignored that says nothing of its customer.
    public static final String UNKNOWN_CONTACT = "unknown_contact";

    /// The kinds of attachments that are files.
    private static final List<String> FILES = List.of("image", "audio", "video", "file");

    private final boolean takesTemplates;

    /// @param takesTemplates whether what Chatwoot writes by itself, such as greetings, is meant for
    ///     customers
    public CallbackReader(boolean takesTemplates) {
        this.takesTemplates = takesTemplates;
    }

    /// Reads a callback.
    public Callback read(JsonNode callback) {
        return switch (callback.path("event").asText("")) {
            case "message_created" -> message(callback);
            case "conversation_typing_on" ->
                isTrue(callback.path("is_private"))
                                || "contact"
                                        .equals(callback.at("/user/type")
                                                .asText("")
                                                .toLowerCase(Locale.ROOT))
                        ? new Callback.Ignored("private")
                        : contact(callback.path("conversation"))
                                .<Callback>map(contact -> new Callback.Typing(contact, latest(callback)))
                                .orElseGet(() -> new Callback.Ignored(UNKNOWN_CONTACT));
            default -> new Callback.Ignored("event");
        };
    }

    private Callback message(JsonNode message) {
        if (isTrue(message.path("private"))) {
            return new Callback.Ignored("private");
        }
        // As text in callbacks, as a number in older ones.
        boolean takes = switch (message.path("message_type").asText("")) {
            case "outgoing", "1" -> true;
            case "template", "3" -> takesTemplates;
            default -> false;
        };
        if (!takes) {
            return new Callback.Ignored("not_outgoing");
        }
        // Somebody else has brought it here from where the customer has it.
        if (!message.path("source_id").asText("").isEmpty()) {
            return new Callback.Ignored("echo");
        }
        if (isTrue(message.at("/content_attributes/deleted"))) {
            return new Callback.Ignored("deleted");
        }
        long number = message.path("id").asLong();
        Optional<Contact> contact = contact(message.path("conversation"));
        if (number <= 0 || contact.isEmpty()) {
            return new Callback.Ignored(UNKNOWN_CONTACT);
        }
        List<FileLink> files = files(message.path("attachments"));
        String content = message.path("content").asText("");
        List<Choice> choices = choices(message);
        if (content.isBlank() && files.isEmpty() && choices.isEmpty()) {
            return new Callback.Ignored("empty");
        }
        return new Callback.Said(
                number,
                contact.get(),
                content,
                choices,
                files,
                text(message.at("/content_attributes/in_reply_to_external_id")));
    }

    private static List<Choice> choices(JsonNode message) {
        List<Choice> choices = new ArrayList<>();
        if (message.path("content_type").asText("").equals("input_select")) {
            message.at("/content_attributes/items").forEach(item -> choices.add(Choice.of(item)));
            choices.removeIf(choice -> choice.title().isBlank());
        }
        return choices;
    }

    private static List<FileLink> files(JsonNode attachments) {
        List<FileLink> files = new ArrayList<>();
        for (JsonNode attachment : attachments) {
            String url = attachment.path("data_url").asText("");
            String kind = attachment.path("file_type").asText("file");
            if (!url.isEmpty()) {
                files.add(new FileLink(FILES.contains(kind) ? kind : "file", url, name(url)));
            }
        }
        return files;
    }

    /// Returns the name at the end of an address, where Chatwoot has it.
    private static @Nullable String name(String url) {
        try {
            String path = URI.create(url).getPath();
            Path last = path == null ? null : Path.of(path).getFileName();
            return last == null ? null : last.toString();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Optional<Contact> contact(JsonNode conversation) {
        String source = conversation.at("/contact_inbox/source_id").asText("");
        long number = conversation.path("id").asLong();
        return source.isEmpty() || number <= 0
                ? Optional.empty()
                : Optional.of(new Contact(source, number, text(conversation.at("/meta/sender/phone_number"))));
    }

    /// Returns our id of the message that the callback has of the conversation, if a customer wrote it.
    private static @Nullable String latest(JsonNode callback) {
        JsonNode messages = callback.at("/conversation/messages");
        String latest = null;
        for (JsonNode message : messages) {
            String type = message.path("message_type").asText("");
            if (type.equals("0") || type.equals("incoming")) {
                latest = text(message.path("source_id"));
            }
        }
        return latest;
    }

    private static @Nullable String text(JsonNode node) {
        String text = node.asText("");
        return text.isEmpty() || node.isNull() ? null : text;
    }

    private static boolean isTrue(JsonNode node) {
        return node.asBoolean(false);
    }
}
