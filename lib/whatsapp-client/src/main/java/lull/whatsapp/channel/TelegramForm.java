package lull.whatsapp.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import lull.contract.json.Json;
import lull.contract.reply.CallbackQueryId;
import lull.contract.reply.ReplyContent;
import lull.runtime.http.MultipartForm;
import lull.whatsapp.OutgoingFile;
import lull.whatsapp.ReplySender.ReplyPart;
import org.jspecify.annotations.Nullable;

/// Method of the Telegram Bot API that sends a part of a reply, and its parameters. A message's own id is
/// `<chat>/<message_id>`. Pure.
final class TelegramForm {

    /// WhatsApp's code for a type that it does not know, which stands for any channel's.
    private static final int UNKNOWN_TYPE = 131051;

    private static final String NO_MESSAGE = "Telegram knows no message with this id";

    private TelegramForm() {}

    /// What is called, or why nothing is.
    sealed interface Filled {

        /// A call.
        record Call(String method, ObjectNode body) implements Filled {}

        /// The part cannot be sent.
        record Impossible(int code, String reason) implements Filled {}
    }

    static Filled of(ReplyPart part) {
        ObjectNode body = Json.object().put("chat_id", chat(part));
        return switch (part.content()) {
            case ReplyContent.Text text -> {
                if (Boolean.FALSE.equals(text.previewUrl())) {
                    body.putObject("link_preview_options").put("is_disabled", true);
                }
                yield call("sendMessage", body.put("text", text.body()), part);
            }
            case ReplyContent.Media media -> file(body, media, part);
            case ReplyContent.Location place -> place(body, place, part);
            case ReplyContent.Contacts contacts -> contact(body, contacts, part);
            case ReplyContent.Reaction reaction -> reaction(body, reaction);
            case ReplyContent.Interactive question -> question(body, question, part);
            case ReplyContent.Template _ -> impossible("Templates are WhatsApp's; Telegram has none");
            case ReplyContent.Typing _ -> throw new IllegalArgumentException("A typing indicator is no message");
        };
    }

    /// Returns the number at the end of a message's own id; empty if it has none, as that of an edit.
    static Optional<Long> messageId(String ownId) {
        String number = ownId.substring(ownId.lastIndexOf('/') + 1);
        return number.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(number)) : Optional.empty();
    }

    /// Returns the chat in a message's own id; empty if it has none.
    static Optional<String> chatOf(String ownId) {
        int slash = ownId.indexOf('/');
        return slash > 0 ? Optional.of(ownId.substring(0, slash)) : Optional.empty();
    }

    /// Returns the own id of a message that was sent.
    static String ownId(JsonNode message) {
        JsonNode chat = message.path("chat").path("id");
        JsonNode id = message.path("message_id");
        return chat.isIntegralNumber() && id.isIntegralNumber() ? chat.asText() + "/" + id.asText() : "";
    }

    /// Returns the form of a call whose file is uploaded with it.
    static MultipartForm multipart(String method, ObjectNode body, OutgoingFile file) throws FileNotFoundException {
        String member = method.substring("send".length()).toLowerCase(Locale.ROOT);
        MultipartForm form = new MultipartForm();
        body.properties().stream()
                .filter(parameter -> !parameter.getKey().equals(member))
                .forEach(parameter -> form.text(
                        parameter.getKey(),
                        parameter.getValue().isValueNode()
                                ? parameter.getValue().asText()
                                : Json.text(parameter.getValue())));
        return form.file(member, BodyPublishers.ofFile(file.path()), file.mimeType(), file.name());
    }

    private static String chat(ReplyPart part) {
        String customer = part.conversation().customer();
        return part.conversation().isGroup() ? customer.substring(customer.indexOf(':') + 1) : customer;
    }

    private static Filled call(String method, ObjectNode body, ReplyPart part) {
        String quoted = part.quotedMessageId();
        if (quoted != null) {
            messageId(quoted)
                    .ifPresent(id -> body.putObject("reply_parameters")
                            .put("message_id", id)
                            .put("allow_sending_without_reply", true));
        }
        return new Filled.Call(method, body);
    }

    private static Filled file(ObjectNode body, ReplyContent.Media media, ReplyPart part) {
        boolean isVoice = Boolean.TRUE.equals(media.voice());
        String member = switch (media.kind()) {
            case IMAGE -> "photo";
            case VIDEO -> "video";
            case AUDIO -> isVoice ? "voice" : "audio";
            case DOCUMENT -> "document";
            case STICKER -> "sticker";
        };
        String link = media.link();
        body.put(member, link != null ? link : media.id());
        put(body, "caption", media.caption());
        return call("send" + Character.toUpperCase(member.charAt(0)) + member.substring(1), body, part);
    }

    private static Filled place(ObjectNode body, ReplyContent.Location place, ReplyPart part) {
        body.put("latitude", place.latitude()).put("longitude", place.longitude());
        String name = place.name();
        String address = place.address();
        if (name == null && address == null) {
            return call("sendLocation", body, part);
        }
        body.put("title", name == null ? String.valueOf(address) : name).put("address", address == null ? "" : address);
        return call("sendVenue", body, part);
    }

    private static Filled contact(ObjectNode body, ReplyContent.Contacts contacts, ReplyPart part) {
        JsonNode card = contacts.contacts().path(0);
        String phone = card.path("phones").path(0).path("phone").asText("");
        JsonNode name = card.path("name");
        String first = name.path("first_name").asText("");
        if (contacts.contacts().size() != 1 || phone.isBlank()) {
            return impossible("Telegram sends one contact at a time, which needs a phone number");
        }
        body.put("phone_number", phone)
                .put("first_name", first.isBlank() ? name.path("formatted_name").asText(phone) : first);
        put(body, "last_name", name.path("last_name").asText(null));
        return call("sendContact", body, part);
    }

    private static Filled reaction(ObjectNode body, ReplyContent.Reaction reaction) {
        Optional<Long> id = messageId(reaction.messageId());
        if (id.isEmpty()) {
            return impossible(NO_MESSAGE);
        }
        ArrayNode emojis = body.put("message_id", id.get()).putArray("reaction");
        if (!reaction.emoji().isEmpty()) {
            emojis.addObject().put("type", "emoji").put("emoji", reaction.emoji());
        }
        return new Filled.Call("setMessageReaction", body);
    }

    private static Filled question(ObjectNode body, ReplyContent.Interactive question, ReplyPart part) {
        JsonNode action = question.more().path("action");
        StringJoiner text = new StringJoiner("\n\n");
        for (String member : new String[] {"header", "body", "footer"}) {
            String said = question.more().path(member).path("text").asText("");
            if (!said.isBlank()) {
                text.add(said);
            }
        }
        ArrayNode rows = Json.object().arrayNode();
        Optional<String> problem = switch (question.kind()) {
            case "button" -> buttons(action.path("buttons"), "reply", rows);
            case "list" -> list(action.path("sections"), rows);
            case "cta_url" -> link(action.path("parameters"), rows);
            default -> Optional.of("Telegram has no interactive message of the type " + question.kind());
        };
        if (problem.isPresent()) {
            return impossible(problem.get());
        }
        body.put("text", text.toString()).putObject("reply_markup").set("inline_keyboard", rows);
        return call("sendMessage", body, part);
    }

    private static Optional<String> list(JsonNode sections, ArrayNode rows) {
        for (JsonNode section : sections) {
            Optional<String> problem = buttons(section.path("rows"), "", rows);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    /// Adds a row for each choice.
    ///
    /// @param member of an element that holds the choice; empty if the element does
    private static Optional<String> buttons(JsonNode choices, String member, ArrayNode rows) {
        for (JsonNode element : choices) {
            JsonNode choice = member.isEmpty() ? element : element.path(member);
            String title = choice.path("title").asText("");
            Optional<String> data = CallbackQueryId.data(choice.path("id").asText(""), title);
            if (data.isEmpty()) {
                return Optional.of("The id of a choice has more than the 64 bytes that Telegram accepts");
            }
            rows.addArray().addObject().put("text", title).put("callback_data", data.get());
        }
        return Optional.empty();
    }

    private static Optional<String> link(JsonNode parameters, ArrayNode rows) {
        rows.addArray()
                .addObject()
                .put("text", parameters.path("display_text").asText(""))
                .put("url", parameters.path("url").asText(""));
        return Optional.empty();
    }

    private static Filled impossible(String reason) {
        return new Filled.Impossible(UNKNOWN_TYPE, reason);
    }

    private static void put(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
