package lull.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lull.contract.json.Json;
import lull.contract.reply.ChoiceId;
import lull.contract.reply.ReplyContent;

/// Question that asks a customer to choose: as WhatsApp's buttons, as a list, or as numbered text if
/// neither has room for it. WhatsApp refuses a message in which a title or id occurs twice. The
/// customer's tap brings the exact answer that Connect waits for. Pure.
///
/// @param body in Markdown; empty if there is none
/// @param picture the address of a picture; empty if there is none. Above buttons it is shown, else its address is
/// @param panels of which at least one has text
public record Question(String body, String picture, List<Panel> panels) {

    private static final int MOST_BUTTONS = 3;
    private static final int BUTTON_CHARACTERS = 20;
    private static final int MOST_ROWS = 10;
    private static final int ROW_CHARACTERS = 24;
    private static final int DESCRIPTION_CHARACTERS = 72;
    private static final int BODY_CHARACTERS = 1_024;

    /// Pictures that WhatsApp shows above buttons. It fetches them by itself, and without one it shows nothing at all.
    private static final Pattern SHOWN_PICTURE = Pattern.compile("(?i)https://[^?#\\s]+\\.(jpe?g|png)");

    public Question {
        panels = List.copyOf(panels);
    }

    /// Choices that belong together.
    ///
    /// @param title in Markdown; empty if there is only one panel
    public record Panel(String title, String subtitle, List<Choice> choices) {

        public Panel {
            choices = List.copyOf(choices);
        }

        boolean isEmpty() {
            return title.isEmpty() && subtitle.isEmpty() && choices.isEmpty();
        }
    }

    /// Choice of a panel.
    ///
    /// @param title in Markdown
    /// @param answer the text for Connect when it is chosen; empty if it is only to be read
    public record Choice(String title, String subtitle, String answer) {

        boolean canBeTapped() {
            return !answer.isEmpty()
                    && ChoiceId.of(answer).isPresent()
                    && !Markdown.toTitle(title).isEmpty();
        }
    }

    /// Row of a list, as WhatsApp shows it.
    private record Row(String panel, String title, String description, String answer) {}

    /// Returns it as WhatsApp shows it.
    ///
    /// @param listButton label of the button that opens a list
    public ReplyContent toWhatsApp(String listButton) {
        if (fitsButtons()) {
            String text = hasShownPicture() ? Markdown.toWhatsApp(body) : shownBody();
            return buttons(text.isEmpty() ? listButton : text);
        }
        return rows().map(rows -> list(rows, shownBody().isEmpty() ? listButton : shownBody(), listButton))
                .orElseGet(() -> new ReplyContent.Text(numbered()));
    }

    boolean isNumbered() {
        return !fitsButtons() && rows().isEmpty();
    }

    /// Returns the answer for a number, from 1; empty if there is none.
    Optional<String> answer(int number) {
        return choices().stream()
                .map(Choice::answer)
                .filter(answer -> !answer.isEmpty())
                .skip(number - 1L)
                .findFirst();
    }

    /// Returns the answer for what a customer wrote instead of tapping: the number of a numbered text,
    /// the title of a choice, or both. Empty if it is no choice, or not clear which.
    Optional<String> answer(String said) {
        OptionalInt number = ChoiceNumber.of(said);
        if (number.isPresent() && isNumbered()) {
            return answer(number.getAsInt());
        }
        List<String> titled = choices().stream()
                .filter(choice -> !choice.answer().isEmpty() && isTitle(choice, ChoiceNumber.folded(said)))
                .map(Choice::answer)
                .distinct()
                .toList();
        if (titled.size() == 1) {
            return Optional.of(titled.getFirst());
        }
        return isNumbered() ? ChoiceNumber.titled(said).flatMap(this::answer) : Optional.empty();
    }

    private Optional<String> answer(ChoiceNumber.Titled said) {
        return choices().stream()
                .filter(choice -> !choice.answer().isEmpty())
                .skip(Math.max(0, said.number() - 1L))
                .findFirst()
                .filter(choice -> isTitle(choice, said.title()))
                .map(Choice::answer);
    }

    private static boolean isTitle(Choice choice, String folded) {
        return !folded.isEmpty()
                && (ChoiceNumber.folded(Markdown.toTitle(choice.title())).equals(folded)
                        || ChoiceNumber.folded(choice.title()).equals(folded));
    }

    static String lines(String... lines) {
        return String.join(
                "\n", Stream.of(lines).filter(line -> !line.isEmpty()).toList());
    }

    private List<Choice> choices() {
        return panels.stream().flatMap(panel -> panel.choices().stream()).toList();
    }

    /// Returns the body with the address of the picture.
    private String shownBody() {
        return lines(Markdown.toWhatsApp(body), picture);
    }

    private boolean hasShownPicture() {
        return SHOWN_PICTURE.matcher(picture).matches();
    }

    private boolean canBeTapped() {
        return shownBody().length() <= BODY_CHARACTERS
                && !choices().isEmpty()
                && choices().stream().allMatch(Choice::canBeTapped)
                && isUnique(choices(), Choice::answer);
    }

    private boolean fitsButtons() {
        return canBeTapped()
                && choices().size() <= MOST_BUTTONS
                && panels.stream().allMatch(panel -> panel.title().isEmpty())
                && choices().stream()
                        .allMatch(choice -> choice.subtitle().isEmpty()
                                && Markdown.toTitle(choice.title()).length() <= BUTTON_CHARACTERS)
                && isUnique(choices(), choice -> Markdown.toTitle(choice.title()));
    }

    /// Returns the rows of the list; empty if a list has no room for them.
    private Optional<List<Row>> rows() {
        if (!canBeTapped() || choices().size() > MOST_ROWS || !panelsFit()) {
            return Optional.empty();
        }
        List<Row> rows = new ArrayList<>();
        for (Panel panel : panels) {
            for (Choice choice : panel.choices()) {
                Optional<Row> row = row(Markdown.toTitle(panel.title()), choice);
                if (row.isEmpty()) {
                    return Optional.empty();
                }
                rows.add(row.get());
            }
        }
        return isUnique(rows, Row::title) ? Optional.of(rows) : withPanels(rows);
    }

    /// Whether a list can show the panels. It has no place for a panel's subtitle.
    private boolean panelsFit() {
        return panels.stream()
                        .allMatch(panel -> panel.subtitle().isEmpty()
                                && !panel.choices().isEmpty()
                                && Markdown.toTitle(panel.title()).length() <= ROW_CHARACTERS)
                && (panels.size() == 1
                        || panels.stream().noneMatch(panel -> panel.title().isEmpty()))
                && isUnique(panels, panel -> Markdown.toTitle(panel.title()));
    }

    /// Returns a row. A title that is too long is shown in full as the row's description.
    private static Optional<Row> row(String panel, Choice choice) {
        String title = Markdown.toTitle(choice.title());
        String description = Markdown.toTitle(choice.subtitle());
        if (title.length() <= ROW_CHARACTERS) {
            return description.length() <= DESCRIPTION_CHARACTERS
                    ? Optional.of(new Row(panel, title, description, choice.answer()))
                    : Optional.empty();
        }
        return description.isEmpty() && title.length() <= DESCRIPTION_CHARACTERS
                ? Optional.of(new Row(panel, cut(title, ROW_CHARACTERS), title, choice.answer()))
                : Optional.empty();
    }

    /// Returns the rows with panels in titles that occur twice; empty if they still occur twice or are
    /// too long.
    private static Optional<List<Row>> withPanels(List<Row> rows) {
        List<Row> longer = rows.stream()
                .map(row -> new Row(row.panel(), row.panel() + ": " + row.title(), row.description(), row.answer()))
                .toList();
        boolean fits = longer.stream().allMatch(row -> row.title().length() <= ROW_CHARACTERS);
        return fits && isUnique(longer, Row::title) ? Optional.of(longer) : Optional.empty();
    }

    private static <T> boolean isUnique(List<T> items, Function<T, String> text) {
        Set<String> seen = new HashSet<>();
        return items.stream().map(text).allMatch(seen::add);
    }

    private ReplyContent buttons(String shownBody) {
        ObjectNode more = Json.object();
        if (hasShownPicture()) {
            more.putObject("header").put("type", "image").putObject("image").put("link", picture);
        }
        more.putObject("body").put("text", shownBody);
        ArrayNode buttons = more.putObject("action").putArray("buttons");
        for (Choice choice : choices()) {
            buttons.addObject()
                    .put("type", "reply")
                    .putObject("reply")
                    .put("id", ChoiceId.of(choice.answer()).orElseThrow())
                    .put("title", Markdown.toTitle(choice.title()));
        }
        return new ReplyContent.Interactive("button", more);
    }

    private static ReplyContent list(List<Row> rows, String shownBody, String listButton) {
        ObjectNode more = Json.object();
        more.putObject("body").put("text", shownBody);
        ObjectNode action = more.putObject("action").put("button", cut(listButton, BUTTON_CHARACTERS));
        ArrayNode sections = action.putArray("sections");
        ArrayNode members = Json.object().putArray("rows");
        String panel = null;
        for (Row row : rows) {
            if (!row.panel().equals(panel)) {
                panel = row.panel();
                ObjectNode section = sections.addObject();
                if (!panel.isEmpty()) {
                    section.put("title", panel);
                }
                members = section.putArray("rows");
            }
            ObjectNode member = members.addObject()
                    .put("id", ChoiceId.of(row.answer()).orElseThrow())
                    .put("title", row.title());
            if (!row.description().isEmpty()) {
                member.put("description", row.description());
            }
        }
        return new ReplyContent.Interactive("list", more);
    }

    private String numbered() {
        StringBuilder text = new StringBuilder(shownBody());
        int number = 0;
        for (Panel panel : panels) {
            text.append(text.isEmpty() ? "" : "\n\n");
            String head = lines(Markdown.toWhatsApp(panel.title()), Markdown.toWhatsApp(panel.subtitle()));
            List<String> shown = new ArrayList<>(head.isEmpty() ? List.of() : List.of(head));
            for (Choice choice : panel.choices()) {
                String before = choice.answer().isEmpty() ? "" : ++number + ". ";
                shown.add(before + lines(Markdown.toWhatsApp(choice.title()), Markdown.toWhatsApp(choice.subtitle())));
            }
            text.append(String.join("\n", shown));
        }
        return text.toString();
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : TextSplitter.beginning(text, most - 1) + "…";
    }
}
