package lull.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.reply.ReplyContent;
import lull.text.Question.Choice;
import lull.text.Question.Panel;

/// Converter of Connect's interactive messages (list picker, panel, quick reply, time picker, carousel)
/// to WhatsApp's form. Of other kinds of messages it shows what people can read. Pure. Source:
/// Connect's administrator guide, "interactive messages".
public final class InteractiveMessage {

    public static final String CONTENT_TYPE = "application/vnd.amazonaws.connect.message.interactive";

    private static final DateTimeFormatter SLOT = DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);

    /// Connect's dates have no seconds: `2026-01-31T17:00+00:00`.
    private static final DateTimeFormatter CONNECT_DATE = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

    private InteractiveMessage() {}

    /// Returns the message in WhatsApp's form; empty if it has nothing that people can read.
    ///
    /// @param listButton label of the button that opens a list
    public static Optional<ReplyContent> toWhatsApp(String content, String listButton) {
        Optional<JsonNode> message = message(content);
        if (message.isEmpty()) {
            return isText(content) ? text(Markdown.toWhatsApp(content)) : Optional.empty();
        }
        Optional<Question> question = message.flatMap(InteractiveMessage::question);
        return question.isPresent()
                ? question.map(asked -> asked.toWhatsApp(listButton))
                : text(ReadableJson.text(message.get()));
    }

    /// Returns the answer for a number if customers see the message as numbered text; otherwise empty.
    public static Optional<String> answer(String content, int number) {
        return message(content)
                .flatMap(InteractiveMessage::question)
                .filter(Question::isNumbered)
                .flatMap(question -> question.answer(number));
    }

    /// Returns the kind of a message, such as `ListPicker`; empty if it does not say.
    public static Optional<String> kind(String content) {
        return message(content)
                .map(message -> string(message, "templateType"))
                .filter(type -> type.matches("[A-Za-z0-9_.-]{1,40}"));
    }

    private static Optional<JsonNode> message(String content) {
        try {
            JsonNode tree = Json.tree(content);
            // Some bots write the JSON into a JSON string.
            JsonNode message = tree.isTextual() ? Json.tree(tree.textValue()) : tree;
            return Optional.of(message).filter(JsonNode::isObject);
        } catch (UnreadableJson e) {
            return Optional.empty();
        }
    }

    private static boolean isText(String content) {
        String stripped = content.strip();
        return !stripped.isEmpty() && "{[\"".indexOf(stripped.charAt(0)) < 0 && !stripped.equals("null");
    }

    private static Optional<ReplyContent> text(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(new ReplyContent.Text(text));
    }

    private static Optional<Question> question(JsonNode message) {
        JsonNode data = message.path("data");
        JsonNode content = data.path("content").isObject() ? data.path("content") : data;
        List<Panel> panels = switch (string(message, "templateType").toLowerCase(Locale.ROOT)) {
            case "listpicker", "panel", "quickreply", "" -> List.of(panel("", "", content, ""));
            case "timepicker" -> List.of(new Panel("", "", slots(content)));
            case "carousel" -> carousel(content);
            default -> List.of();
        };
        List<Panel> shown = panels.stream().filter(panel -> !panel.isEmpty()).toList();
        String body = Question.lines(
                string(content, "title"), string(content, "subtitle"), string(content.path("location"), "title"));
        return shown.isEmpty() ? Optional.empty() : Optional.of(new Question(body, shown));
    }

    private static Panel panel(String title, String subtitle, JsonNode content, String identifier) {
        List<Choice> choices = new ArrayList<>();
        for (JsonNode element : content.path("elements")) {
            String choice = element.isTextual() ? element.textValue().strip() : string(element, "title");
            boolean isLink = string(element, "type").equals("hyperlink");
            String below = isLink
                    ? Question.lines(string(element, "subtitle"), string(element, "url"))
                    : string(element, "subtitle");
            if (!choice.isEmpty() || !below.isEmpty()) {
                choices.add(
                        new Choice(choice, below, isLink || choice.isEmpty() ? "" : answer(choice, title, identifier)));
            }
        }
        return new Panel(title, subtitle, choices);
    }

    private static String answer(String choice, String panel, String identifier) {
        return identifier.isEmpty()
                ? choice
                : Json.text(Json.object()
                        .put("templateIdentifier", identifier)
                        .put("listTitle", panel)
                        .put("selectionText", choice));
    }

    private static List<Panel> carousel(JsonNode content) {
        List<Panel> panels = new ArrayList<>();
        for (JsonNode template : content.path("elements")) {
            JsonNode inner = template.path("data").path("content");
            panels.add(panel(
                    string(inner, "title"), string(inner, "subtitle"), inner, string(template, "templateIdentifier")));
        }
        return panels;
    }

    private static List<Choice> slots(JsonNode content) {
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(
                (int) Math.clamp(content.path("timeZoneOffset").asLong(0) * 60L, -18L * 3600, 18L * 3600));
        List<Choice> choices = new ArrayList<>();
        for (JsonNode slot : content.path("timeslots")) {
            String date = string(slot, "date");
            if (!date.isEmpty()) {
                choices.add(new Choice(slotTitle(date, offset), "", date));
            }
        }
        return choices;
    }

    private static String slotTitle(String date, ZoneOffset offset) {
        try {
            return OffsetDateTime.parse(date, CONNECT_DATE)
                    .withOffsetSameInstant(offset)
                    .format(SLOT);
        } catch (DateTimeException e) {
            return date;
        }
    }

    private static String string(JsonNode node, String field) {
        return node.path(field).asText("").strip();
    }
}
