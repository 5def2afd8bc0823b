package lull.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
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

    /// Connect's dates have no seconds: `2026-01-31T17:00+00:00`. Some bots write the offset without a
    /// colon.
    private static final DateTimeFormatter CONNECT_DATE = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT);

    /// Maximum length of a message on WhatsApp.
    private static final int MAX_CHARACTERS = 4_096;

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

    /// Returns the answer for what a customer wrote instead of tapping: a number if customers see the
    /// message as numbered text, or the title of a choice.
    public static Optional<String> answer(String content, String said) {
        return message(content).flatMap(InteractiveMessage::question).flatMap(question -> question.answer(said));
    }

    /// Whether a message looks to customers as a quote of it says.
    ///
    /// @param line of [Quotes]
    public static boolean isQuotedAs(String content, String line) {
        return toWhatsApp(content, "").stream()
                .flatMap(shown -> switch (shown) {
                    case ReplyContent.Text text -> MarkedTextSplitter.split(text.body(), MAX_CHARACTERS).stream();
                    case ReplyContent.Interactive interactive -> Stream.of(ReplyLines.question(interactive.more()));
                    default -> Stream.<String>empty();
                })
                .anyMatch(text -> Quotes.line(text).equals(line));
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
        String body =
                Question.lines(string(content, "title"), string(content, "subtitle"), place(content.path("location")));
        return shown.isEmpty() ? Optional.empty() : Optional.of(new Question(body, picture(content), shown));
    }

    /// Returns the name of a place and a link to it.
    private static String place(JsonNode location) {
        double latitude = location.path("latitude").asDouble(Double.NaN);
        double longitude = location.path("longitude").asDouble(Double.NaN);
        String map = Double.isFinite(latitude) && Double.isFinite(longitude) ? MapLink.of(latitude, longitude) : "";
        return Question.lines(string(location, "title"), map);
    }

    private static String picture(JsonNode content) {
        String address = string(content, "imageData");
        boolean isAddress = string(content, "imageType").equalsIgnoreCase("URL") && address.startsWith("https://");
        return isAddress ? address : "";
    }

    private static Panel panel(String title, String subtitle, JsonNode content, String identifier) {
        List<Choice> choices = new ArrayList<>();
        for (JsonNode element : content.path("elements")) {
            String choice = textOr(element, "title");
            boolean isLink = string(element, "type").equalsIgnoreCase("hyperlink");
            String below = Question.lines(string(element, "subtitle"), string(element, "url"));
            if (!Markdown.toTitle(choice).isEmpty() || !below.isEmpty()) {
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
            String date = textOr(slot, "date");
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

    /// Returns the text that stands in the place of an object, otherwise a member of the object.
    private static String textOr(JsonNode node, String field) {
        return node.isValueNode() ? node.asText("").strip() : string(node, field);
    }

    private static String string(JsonNode node, String field) {
        return node.path(field).asText("").strip();
    }
}
