package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Limits of WhatsApp for interactive messages: buttons and lists in full, of the others the body only.
final class InteractiveChecks {
    private static final int LONGEST_BODY = 1_024;
    private static final int LONGEST_LIST_BODY = 4_096;
    private static final int MOST_BUTTONS = 3;
    private static final int MOST_ROWS = 10;

    private InteractiveChecks() {}

    /// The text that a person would read.
    ///
    /// @throws GraphException when the API would refuse it
    static String check(JsonNode interactive) {
        String type = SendRequest.required(interactive, "interactive", "type");
        boolean list = type.equals("list");
        JsonNode body = interactive.path("body");
        String text = List.of("product", "call_permission_request").contains(type) && body.isMissingNode()
                ? ""
                : SendRequest.bounded(body, "interactive['body']", "text", list ? LONGEST_LIST_BODY : LONGEST_BODY);
        if (list) {
            checkList(interactive.path("action"));
        } else if (type.equals("button")) {
            checkButtons(interactive.path("action").path("buttons"));
        }
        return text;
    }

    private static void checkButtons(JsonNode buttons) {
        if (buttons.isEmpty() || buttons.size() > MOST_BUTTONS) {
            throw GraphException.wrongValue("interactive['action']['buttons'] must have 1 to 3 buttons.");
        }
        Set<String> ids = new HashSet<>();
        Set<String> titles = new HashSet<>();
        for (JsonNode button : buttons) {
            checkNew(ids, SendRequest.bounded(button.path("reply"), "button['reply']", "id", 256), "button id");
            checkNew(titles, SendRequest.bounded(button.path("reply"), "button['reply']", "title", 20), "button title");
        }
    }

    private static void checkList(JsonNode action) {
        SendRequest.bounded(action, "interactive['action']", "button", 20);
        int rows = 0;
        Set<String> ids = new HashSet<>();
        Set<String> titles = new HashSet<>();
        JsonNode sections = action.path("sections");
        for (JsonNode section : sections) {
            String title = SendRequest.text(section, "title");
            if (sections.size() > 1 && title.isEmpty()) {
                throw GraphException.wrongValue("Each section needs a title if there are several.");
            }
            if (title.length() > 24) {
                throw GraphException.invalid("Param section['title'] must be at most 24 characters long.");
            }
            for (JsonNode row : section.path("rows")) {
                rows++;
                checkNew(ids, SendRequest.bounded(row, "row", "id", 200), "row id");
                checkNew(titles, SendRequest.bounded(row, "row", "title", 24), "row title");
                if (SendRequest.text(row, "description").length() > 72) {
                    throw GraphException.invalid("Param row['description'] must be at most 72 characters long.");
                }
            }
        }
        if (rows == 0 || rows > MOST_ROWS) {
            throw GraphException.wrongValue("Total row count must be from 1 to 10.");
        }
    }

    private static void checkNew(Set<String> known, String value, String what) {
        if (!known.add(value)) {
            throw GraphException.wrongValue("Duplicated %s: each must be unique in a message.".formatted(what));
        }
    }
}
