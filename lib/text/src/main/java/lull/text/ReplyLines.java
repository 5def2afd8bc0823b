package lull.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.contract.reply.ReplyContent;
import org.jspecify.annotations.Nullable;

/// Short lines with the text of a reply as customers read it, one for each message that it becomes.
///
/// @param texts the words for content that is not text
/// @param maxCharacters of a message; longer texts become several
record ReplyLines(AgentTexts texts, int maxCharacters) {

    List<String> of(ReplyContent content) {
        return switch (content) {
            case ReplyContent.Text text ->
                MarkedTextSplitter.split(text.body(), maxCharacters).stream()
                        .map(Quotes::line)
                        .toList();
            case ReplyContent.Media media -> one(texts.labelled(file(media), orEmpty(media.caption())));
            case ReplyContent.Location location ->
                one(texts.labelled(Phrase.LOCATION, joined(", ", location.name(), location.address())));
            case ReplyContent.Contacts contacts ->
                one(texts.labelled(
                        Phrase.CONTACT,
                        contacts.contacts()
                                .valueStream()
                                .map(card -> card.at("/name/formatted_name").asText(""))
                                .filter(name -> !name.isBlank())
                                .collect(Collectors.joining(", "))));
            case ReplyContent.Interactive interactive -> one(question(interactive.more()));
            case ReplyContent.Template template -> one(template(template));
            case ReplyContent.Reaction reaction -> one(texts.labelled(Phrase.REACTION, reaction.emoji()));
            case ReplyContent.Typing typing -> List.of();
        };
    }

    private String file(ReplyContent.Media media) {
        String kind = texts.say(
                switch (media.kind()) {
                    case IMAGE -> Phrase.IMAGE;
                    case VIDEO -> Phrase.VIDEO;
                    case AUDIO -> Boolean.TRUE.equals(media.voice()) ? Phrase.VOICE : Phrase.AUDIO;
                    case DOCUMENT -> Phrase.DOCUMENT;
                    case STICKER -> Phrase.STICKER;
                });
        String name = orEmpty(media.filename());
        return name.isBlank() ? kind : texts.say(Phrase.NAMED_FILE, Map.of("kind", kind, "name", name));
    }

    /// Returns the question of an interactive message. It is in the body; a few kinds have only a
    /// header.
    static String question(JsonNode interactive) {
        String body = interactive.at("/body/text").asText("");
        return body.isBlank() ? interactive.at("/header/text").asText("") : body;
    }

    /// Returns the line for a template. WhatsApp has its text; Lull knows its name and parameters.
    private String template(ReplyContent.Template template) {
        List<String> filled = new ArrayList<>();
        if (template.components() != null) {
            for (JsonNode component : template.components()) {
                component
                        .path("parameters")
                        .forEach(parameter -> filled.add(parameter.path("text").asText("")));
            }
        }
        return texts.labelled(
                texts.say(Phrase.TEMPLATE, Map.of("name", template.name())),
                filled.stream().filter(text -> !text.isBlank()).collect(Collectors.joining(", ")));
    }

    private static List<String> one(String text) {
        return List.of(Quotes.line(text));
    }

    private static String joined(String separator, @Nullable String... parts) {
        return Stream.of(parts)
                .filter(Objects::nonNull)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(separator));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
