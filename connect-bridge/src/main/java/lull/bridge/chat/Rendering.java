package lull.bridge.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.bridge.media.FileTrouble;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Content;
import lull.contract.message.ContentParser;
import lull.contract.reply.ChoiceId;
import org.jspecify.annotations.Nullable;

/// What an agent reads of what a message says: text as it is, everything else in words, never blank.
///
/// @param texts the words
record Rendering(AgentTexts texts) {

    private static final String MAP = "https://www.google.com/maps/search/?api=1&query=";

    /// Members of a form's answer that are meant for machines.
    private static final String FLOW_TOKEN = "flow_token";

    private static final long MEBIBYTE = 1L << 20;

    String text(Content content) {
        return switch (content) {
            case Content.Text(String body) -> body.isBlank() ? label(Phrase.EMPTY) : body;
            case Content.Media media -> texts.labelled(file(media), orElse(media.caption(), ""));
            case Content.Location location -> location(location);
            case Content.Contacts(List<Content.Contacts.Card> cards) -> contacts(cards);
            case Content.ButtonReply reply -> orElse(chosen(reply.id(), reply.title()), label(Phrase.BUTTON));
            case Content.ListReply reply -> orElse(listed(reply), label(Phrase.LIST_ANSWER));
            case Content.FlowReply reply -> form(reply);
            case Content.CallPermission permission ->
                texts.labelled(texts.say(Phrase.CALL_PERMISSION, Map.of("answer", permission.response())), "");
            case Content.Order order -> order(order);
            case Content.Reaction reaction -> reaction(reaction);
            case Content.SystemNotice notice ->
                texts.labelled(Phrase.NOTICE, orElse(notice.body(), orElse(notice.type(), "")));
            case Content.RequestWelcome() -> label(Phrase.WELCOME);
            case Content.Edit edit -> texts.labelled(Phrase.EDITED, text(ContentParser.parse(edit.message())));
            case Content.Revoke revoke -> label(Phrase.DELETED);
            case Content.Unsupported unsupported -> unsupported(unsupported);
            case Content.Unknown(String type) ->
                type.isBlank()
                        ? label(Phrase.UNKNOWN)
                        : texts.labelled(texts.say(Phrase.UNKNOWN_TYPE, Map.of("type", type)), "");
        };
    }

    /// What the agent reads in place of a file that is not attached.
    ///
    /// @param maxBytes how large a file may be
    String notAttached(Content.Media media, FileTrouble why, long maxBytes) {
        return notAttached(file(media), why, maxBytes);
    }

    /// The same for a file of which only its name is known.
    String notAttached(String file, FileTrouble why, long maxBytes) {
        Phrase phrase = switch (why) {
            case TOO_LARGE -> Phrase.FILE_TOO_LARGE;
            case TYPE -> Phrase.FILE_TYPE;
            case GONE -> Phrase.FILE_GONE;
            case DAMAGED -> Phrase.FILE_DAMAGED;
            case UNREACHABLE -> Phrase.FILE_UNREACHABLE;
            case NOT_ALLOWED -> Phrase.FILE_NOT_ALLOWED;
            case NOT_TAKEN -> Phrase.FILE_NOT_TAKEN;
            case TOO_MANY -> Phrase.FILE_TOO_MANY;
            case REJECTED -> Phrase.FILE_REJECTED;
        };
        return texts.labelled(
                texts.say(phrase, Map.of("file", file, "limit", Math.max(1, maxBytes / MEBIBYTE) + " MiB")), "");
    }

    private String file(Content.Media media) {
        String kind = texts.say(kind(media));
        String filename = media.filename();
        return filename == null || filename.isBlank()
                ? kind
                : texts.say(Phrase.NAMED_FILE, Map.of("kind", kind, "name", filename));
    }

    private static Phrase kind(Content.Media media) {
        return switch (media.kind()) {
            case IMAGE -> Phrase.IMAGE;
            case VIDEO -> Phrase.VIDEO;
            case AUDIO -> media.voice() ? Phrase.VOICE : Phrase.AUDIO;
            case STICKER -> Phrase.STICKER;
            case DOCUMENT,
                    TEXT,
                    LOCATION,
                    CONTACTS,
                    BUTTON_REPLY,
                    LIST_REPLY,
                    FLOW_REPLY,
                    CALL_PERMISSION,
                    ORDER,
                    REACTION,
                    SYSTEM,
                    REQUEST_WELCOME,
                    EDIT,
                    REVOKE,
                    UNSUPPORTED,
                    UNKNOWN -> Phrase.DOCUMENT;
        };
    }

    /// That the customer writes from another phone number.
    ///
    /// @param phone empty if WhatsApp does not tell it
    String newAddress(String phone) {
        return texts.labelled(
                Phrase.NOTICE,
                phone.isEmpty()
                        ? texts.say(Phrase.NEW_ADDRESS_UNKNOWN)
                        : texts.say(Phrase.NEW_ADDRESS, Map.of("phone", "+" + phone)));
    }

    /// What takes the place of a part that Connect refuses.
    String notShown() {
        return texts.labelled(Phrase.NOT_SHOWN, texts.say(Phrase.NOT_SHOWN_WHY));
    }

    private String location(Content.Location location) {
        String place = Stream.of(location.name(), location.address())
                .filter(Objects::nonNull)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(", "));
        String url = location.url();
        return lines(
                texts.labelled(Phrase.LOCATION, place),
                MAP + plain(location.latitude()) + "," + plain(location.longitude()),
                url);
    }

    /// Without an exponent, which maps do not read.
    private static String plain(double degrees) {
        return Double.isFinite(degrees)
                ? BigDecimal.valueOf(degrees).stripTrailingZeros().toPlainString()
                : Double.toString(degrees);
    }

    private String contacts(List<Content.Contacts.Card> cards) {
        if (cards.isEmpty()) {
            return label(Phrase.CONTACT);
        }
        return cards.stream()
                .map(card -> texts.labelled(
                        Phrase.CONTACT,
                        Stream.of(Stream.of(card.name()), card.phones().stream(), card.emails().stream())
                                .flatMap(part -> part)
                                .filter(part -> !part.isBlank())
                                .collect(Collectors.joining(", "))))
                .collect(Collectors.joining("\n"));
    }

    private String form(Content.FlowReply reply) {
        List<@Nullable String> lines = new ArrayList<>();
        lines.add(texts.labelled(Phrase.FORM, orElse(reply.body(), orElse(reply.name(), ""))));
        String response = reply.responseJson();
        if (response != null) {
            lines.addAll(answers(response));
        }
        return lines(lines.toArray(String[]::new));
    }

    private static List<String> answers(String json) {
        try {
            JsonNode tree = Json.tree(json.getBytes(StandardCharsets.UTF_8));
            return tree.properties().stream()
                    .filter(answer -> !answer.getKey().equals(FLOW_TOKEN))
                    .map(answer -> answer.getKey() + ": "
                            + (answer.getValue().isValueNode()
                                    ? answer.getValue().asText()
                                    : answer.getValue().toString()))
                    .toList();
        } catch (UnreadableJson e) {
            return List.of(json);
        }
    }

    private String order(Content.Order order) {
        String products = order.products().stream().map(this::product).collect(Collectors.joining("\n"));
        return lines(texts.labelled(Phrase.ORDER, orElse(order.text(), "")), products);
    }

    private String product(Content.Order.Product product) {
        Map<String, String> line = Map.of(
                "quantity",
                orElse(product.quantity(), "1"),
                "product",
                product.retailerId(),
                "price",
                (orElse(product.itemPrice(), "") + " " + orElse(product.currency(), "")).strip());
        return texts.say(product.itemPrice() == null ? Phrase.ORDER_LINE : Phrase.ORDER_LINE_PRICED, line);
    }

    private String reaction(Content.Reaction reaction) {
        String emoji = reaction.emoji();
        return emoji == null ? label(Phrase.REACTION_REMOVED) : texts.labelled(Phrase.REACTION, emoji);
    }

    private String unsupported(Content.Unsupported unsupported) {
        String about = Stream.of(unsupported.type(), unsupported.reason())
                .filter(Objects::nonNull)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(": "));
        return texts.labelled(Phrase.UNSUPPORTED, about);
    }

    private String label(Phrase phrase) {
        return texts.labelled(phrase, "");
    }

    private static String lines(@Nullable String... lines) {
        return Stream.of(lines)
                .filter(Objects::nonNull)
                .filter(line -> !line.isBlank())
                .collect(Collectors.joining("\n"));
    }

    private static String orElse(@Nullable String text, String otherwise) {
        return text == null || text.isBlank() ? otherwise : text;
    }

    /// A chat's own question gets exactly its answer; elsewhere the description belongs to what was chosen.
    private static String listed(Content.ListReply reply) {
        String description = reply.description();
        boolean isOther = ChoiceId.answer(reply.id()).isEmpty() && description != null && !description.isBlank();
        return isOther ? reply.title() + ", " + description : chosen(reply.id(), reply.title());
    }

    /// What a chat's own interactive message waits for, else what the customer has seen.
    private static String chosen(String id, String title) {
        return ChoiceId.answer(id).orElse(title);
    }
}
