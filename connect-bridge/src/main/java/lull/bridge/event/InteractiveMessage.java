package lull.bridge.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.reply.ChoiceId;
import lull.contract.reply.ReplyContent;

/// Connect's interactive messages (list picker, panel, quick reply, time picker, carousel) as WhatsApp's buttons,
/// as a list, or as numbered text where neither can hold them. What the customer taps brings the exact answer that
/// Connect waits for. Pure; after Connect's administrator guide, "interactive messages".
final class InteractiveMessage {

    static final String CONTENT_TYPE = "application/vnd.amazonaws.connect.message.interactive";

    private static final int MOST_BUTTONS = 3;
    private static final int BUTTON_CHARACTERS = 20;
    private static final int MOST_ROWS = 10;
    private static final int ROW_CHARACTERS = 24;
    private static final int DESCRIPTION_CHARACTERS = 72;
    private static final int BODY_CHARACTERS = 1_024;
    private static final DateTimeFormatter SLOT = DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);

    /// Connect's dates have no seconds: `2026-01-31T17:00+00:00`.
    private static final DateTimeFormatter CONNECT_DATE = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

    private InteractiveMessage() {}

    /// Something to choose.
    ///
    /// @param answer what Connect gets when it is chosen; empty where it is only to be read
    private record Choice(String group, String title, String subtitle, String answer) {}

    /// What is asked, and what there is to choose.
    private record Question(String body, List<Choice> choices) {

        boolean canBeTapped() {
            return body.length() <= BODY_CHARACTERS
                    && choices.stream()
                            .allMatch(choice -> !choice.answer().isEmpty()
                                    && ChoiceId.of(choice.answer()).isPresent());
        }

        boolean fitsButtons() {
            return canBeTapped()
                    && choices.size() <= MOST_BUTTONS
                    && choices.stream().allMatch(InteractiveMessage::fitsButton);
        }

        boolean fitsList() {
            return canBeTapped()
                    && choices.size() <= MOST_ROWS
                    && choices.stream().allMatch(InteractiveMessage::fitsRow);
        }
    }

    /// The message in WhatsApp's form; empty where it is none of those that are known.
    ///
    /// @param listButton what the button says that opens a list
    static Optional<ReplyContent> toWhatsApp(String content, String listButton) {
        return question(content).map(question -> shown(question, listButton));
    }

    /// The answer behind a number, where customers are shown the message as numbered text; else empty.
    static Optional<String> answer(String content, int number) {
        return question(content)
                .filter(question -> !question.fitsButtons() && !question.fitsList())
                .flatMap(question -> question.choices().stream()
                        .map(Choice::answer)
                        .filter(answer -> !answer.isEmpty())
                        .skip(number - 1L)
                        .findFirst());
    }

    private static Optional<Question> question(String content) {
        JsonNode message;
        try {
            message = Json.tree(content.getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableJson e) {
            return Optional.empty();
        }
        JsonNode inner = message.path("data").path("content");
        List<Choice> choices = choices(message.path("templateType").asText(""), inner);
        String body = lines(text(inner, "title"), text(inner, "subtitle"));
        return choices.isEmpty() || body.isEmpty() ? Optional.empty() : Optional.of(new Question(body, choices));
    }

    private static ReplyContent shown(Question question, String listButton) {
        if (question.fitsButtons()) {
            return buttons(question.body(), question.choices());
        }
        return question.fitsList()
                ? list(question.body(), question.choices(), listButton)
                : new ReplyContent.Text(numbered(question.body(), question.choices()));
    }

    private static List<Choice> choices(String type, JsonNode content) {
        return switch (type) {
            case "ListPicker", "Panel", "QuickReply" -> elements("", content);
            case "TimePicker" -> slots(content);
            case "Carousel" -> carousel(content);
            default -> List.of();
        };
    }

    private static List<Choice> elements(String group, JsonNode content) {
        List<Choice> choices = new ArrayList<>();
        for (JsonNode element : content.path("elements")) {
            String title = text(element, "title");
            boolean isLink = text(element, "type").equals("hyperlink");
            choices.add(new Choice(
                    group,
                    title,
                    isLink ? lines(text(element, "subtitle"), text(element, "url")) : text(element, "subtitle"),
                    isLink ? "" : title));
        }
        return choices;
    }

    private static List<Choice> slots(JsonNode content) {
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(
                Math.clamp(content.path("timeZoneOffset").asInt(0) * 60L, -18 * 3600, 18 * 3600));
        List<Choice> choices = new ArrayList<>();
        for (JsonNode slot : content.path("timeslots")) {
            String date = text(slot, "date");
            choices.add(new Choice("", slotTitle(date, offset), "", date));
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

    private static List<Choice> carousel(JsonNode content) {
        List<Choice> choices = new ArrayList<>();
        for (JsonNode template : content.path("elements")) {
            JsonNode inner = template.path("data").path("content");
            String title = text(inner, "title");
            String identifier = text(template, "templateIdentifier");
            for (Choice choice : elements(title, inner)) {
                String answer = choice.answer().isEmpty()
                        ? ""
                        : Json.text(Json.object()
                                .put("templateIdentifier", identifier)
                                .put("listTitle", title)
                                .put("selectionText", choice.title()));
                choices.add(new Choice(title, choice.title(), choice.subtitle(), answer));
            }
        }
        return choices;
    }

    private static boolean fitsButton(Choice choice) {
        return choice.title().length() <= BUTTON_CHARACTERS
                && choice.subtitle().isEmpty()
                && choice.group().isEmpty();
    }

    private static boolean fitsRow(Choice choice) {
        return choice.title().length() <= ROW_CHARACTERS
                ? choice.subtitle().length() <= DESCRIPTION_CHARACTERS
                : choice.title().length() <= DESCRIPTION_CHARACTERS
                        && choice.subtitle().isEmpty();
    }

    private static ReplyContent buttons(String body, List<Choice> choices) {
        ObjectNode more = Json.object();
        more.putObject("body").put("text", body);
        ArrayNode buttons = more.putObject("action").putArray("buttons");
        for (Choice choice : choices) {
            buttons.addObject()
                    .put("type", "reply")
                    .putObject("reply")
                    .put("id", ChoiceId.of(choice.answer()).orElseThrow())
                    .put("title", choice.title());
        }
        return new ReplyContent.Interactive("button", more);
    }

    private static ReplyContent list(String body, List<Choice> choices, String listButton) {
        ObjectNode more = Json.object();
        more.putObject("body").put("text", body);
        ObjectNode action = more.putObject("action").put("button", cut(listButton, BUTTON_CHARACTERS));
        ArrayNode sections = action.putArray("sections");
        Map<String, List<Choice>> groups = new LinkedHashMap<>();
        choices.forEach(choice ->
                groups.computeIfAbsent(choice.group(), _ -> new ArrayList<>()).add(choice));
        groups.forEach((group, members) -> {
            ObjectNode section = sections.addObject();
            if (!group.isEmpty()) {
                section.put("title", cut(group, ROW_CHARACTERS));
            }
            ArrayNode rows = section.putArray("rows");
            members.forEach(choice -> addRow(rows, choice));
        });
        return new ReplyContent.Interactive("list", more);
    }

    /// A title that is too long is shown whole as the row's description.
    private static void addRow(ArrayNode rows, Choice choice) {
        boolean fits = choice.title().length() <= ROW_CHARACTERS;
        ObjectNode row = rows.addObject()
                .put("id", ChoiceId.of(choice.answer()).orElseThrow())
                .put("title", cut(choice.title(), ROW_CHARACTERS));
        String description = fits ? choice.subtitle() : choice.title();
        if (!description.isEmpty()) {
            row.put("description", description);
        }
    }

    private static String numbered(String body, List<Choice> choices) {
        StringBuilder text = new StringBuilder(body).append('\n');
        int number = 0;
        for (Choice choice : choices) {
            text.append('\n');
            if (!choice.answer().isEmpty()) {
                number++;
                text.append(number).append(". ");
            }
            text.append(lines(choice.title(), choice.subtitle()));
        }
        return text.toString();
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        // Half of a surrogate pair is no character.
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }

    private static String lines(String... lines) {
        return String.join(
                "\n", Stream.of(lines).filter(line -> !line.isEmpty()).toList());
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("").strip();
    }
}
