package lull.bridge.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Content;
import lull.contract.message.ContentParser;
import lull.contract.reply.ChoiceId;
import org.jspecify.annotations.Nullable;

/// What an agent reads of a customer's message: text as it is, everything else in words, never blank.
final class Rendering {

    private static final String MAP = "https://www.google.com/maps/search/?api=1&query=";

    /// Members of a form's answer that are meant for machines.
    private static final String FLOW_TOKEN = "flow_token";

    private Rendering() {}

    static String text(Content content) {
        return switch (content) {
            case Content.Text(String body) -> body.isBlank() ? "[empty message]" : body;
            case Content.Media media -> media(media);
            case Content.Location location -> location(location);
            case Content.Contacts(List<Content.Contacts.Card> cards) -> contacts(cards);
            case Content.ButtonReply reply -> orElse(chosen(reply.id(), reply.title()), "[button]");
            case Content.ListReply reply -> orElse(chosen(reply.id(), reply.title()), "[list answer]");
            case Content.FlowReply reply -> form(reply);
            case Content.CallPermission permission -> "[permission to call: " + permission.response() + "]";
            case Content.Order order -> order(order);
            case Content.Reaction reaction -> reaction(reaction);
            case Content.SystemNotice notice -> labelled("notice", orElse(notice.body(), orElse(notice.type(), "")));
            case Content.RequestWelcome() -> "[opened the chat]";
            case Content.Edit edit -> labelled("edited message", text(ContentParser.parse(edit.message())));
            case Content.Revoke revoke -> "[deleted a message]";
            case Content.Unsupported unsupported -> unsupported(unsupported);
            case Content.Unknown(String type) ->
                type.isBlank() ? "[message of no known type]" : "[message of unknown type " + type + "]";
        };
    }

    private static String media(Content.Media media) {
        String word = media.voice() ? "voice note" : media.kind().name().toLowerCase(Locale.ROOT);
        String filename = media.filename();
        return labelled(filename == null ? word : word + " " + filename, orElse(media.caption(), ""));
    }

    private static String location(Content.Location location) {
        String place = Stream.of(location.name(), location.address())
                .filter(Objects::nonNull)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(", "));
        String url = location.url();
        return lines(labelled("location", place), MAP + location.latitude() + "," + location.longitude(), url);
    }

    private static String contacts(List<Content.Contacts.Card> cards) {
        if (cards.isEmpty()) {
            return "[contact]";
        }
        return cards.stream()
                .map(card -> labelled(
                        "contact",
                        Stream.of(Stream.of(card.name()), card.phones().stream(), card.emails().stream())
                                .flatMap(part -> part)
                                .filter(part -> !part.isBlank())
                                .collect(Collectors.joining(", "))))
                .collect(Collectors.joining("\n"));
    }

    private static String form(Content.FlowReply reply) {
        List<@Nullable String> lines = new ArrayList<>();
        lines.add(labelled("form", orElse(reply.body(), orElse(reply.name(), ""))));
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

    private static String order(Content.Order order) {
        String products = order.products().stream()
                .map(product -> orElse(product.quantity(), "1") + " x " + product.retailerId()
                        + (product.itemPrice() == null
                                ? ""
                                : " at " + product.itemPrice() + " " + orElse(product.currency(), "")))
                .map(String::strip)
                .collect(Collectors.joining("\n"));
        return lines(labelled("order", orElse(order.text(), "")), products);
    }

    private static String reaction(Content.Reaction reaction) {
        String emoji = reaction.emoji();
        return emoji == null ? "[took a reaction back]" : "[reaction] " + emoji;
    }

    private static String unsupported(Content.Unsupported unsupported) {
        String about = Stream.of(unsupported.type(), unsupported.reason())
                .filter(Objects::nonNull)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(": "));
        return labelled("message that WhatsApp cannot pass on", about);
    }

    private static String labelled(String label, String text) {
        return text.isBlank() ? "[" + label + "]" : "[" + label + "] " + text;
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

    /// What a chat's own interactive message waits for, else what the customer has seen.
    private static String chosen(String id, String title) {
        return ChoiceId.answer(id).orElse(title);
    }
}
