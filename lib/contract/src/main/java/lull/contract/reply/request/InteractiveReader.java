package lull.contract.reply.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lull.contract.json.Json;
import lull.contract.reply.ReplyContent;

/// Reader of an interactive message, which checks WhatsApp's limits: buttons, lists and links
/// completely, for other types only header, body and footer. An unknown type is passed on unchanged.
/// Pure.
final class InteractiveReader {

    private static final int LONGEST_BODY = 1_024;
    private static final int LONGEST_BODY_OF_LIST = 4_096;
    private static final int LONGEST_HEADER = 60;
    private static final int LONGEST_FOOTER = 60;
    private static final int MOST_BUTTONS = 3;
    private static final int LONGEST_BUTTON_ID = 256;
    private static final int LONGEST_BUTTON = 20;
    private static final int MOST_ROWS = 10;
    private static final int LONGEST_ROW_ID = 200;
    private static final int LONGEST_ROW_TITLE = 24;
    private static final int LONGEST_DESCRIPTION = 72;

    private static final Set<String> NEED_A_BODY = Set.of(
            "button",
            "list",
            "cta_url",
            "location_request_message",
            "flow",
            "product_list",
            "catalog_message",
            "address_message",
            "carousel",
            "voice_call",
            "request_contact_info");

    private InteractiveReader() {}

    static ReplyContent read(CheckedObject interactive) {
        String type = interactive.text("type", CheckedObject.ANY_LENGTH);
        ObjectNode more = interactive.more();
        interactive.optionalObject("header").ifPresent(InteractiveReader::header);
        Optional<CheckedObject> body =
                NEED_A_BODY.contains(type) ? interactive.object("body") : interactive.optionalObject("body");
        body.ifPresent(object -> object.text("text", type.equals("list") ? LONGEST_BODY_OF_LIST : LONGEST_BODY));
        interactive.optionalObject("footer").ifPresent(footer -> footer.text("text", LONGEST_FOOTER));
        switch (type) {
            case "button" -> interactive.object("action").ifPresent(InteractiveReader::buttons);
            case "list" -> interactive.object("action").ifPresent(InteractiveReader::list);
            case "cta_url" -> interactive.object("action").ifPresent(InteractiveReader::link);
            default -> interactive.optionalObject("action");
        }
        return new ReplyContent.Interactive(type, more == null ? Json.object() : more);
    }

    private static void header(CheckedObject header) {
        if (header.text("type", CheckedObject.ANY_LENGTH).equals("text")) {
            header.text("text", LONGEST_HEADER);
        }
    }

    private static void buttons(CheckedObject action) {
        for (CheckedObject button : action.objects("buttons", 1, MOST_BUTTONS)) {
            button.object("reply").ifPresent(reply -> {
                reply.text("id", LONGEST_BUTTON_ID);
                reply.text("title", LONGEST_BUTTON);
            });
        }
    }

    private static void list(CheckedObject action) {
        action.text("button", LONGEST_BUTTON);
        List<CheckedObject> sections = action.objects("sections", 1, MOST_ROWS);
        int rows = 0;
        for (CheckedObject section : sections) {
            if (sections.size() > 1) {
                section.text("title", LONGEST_ROW_TITLE);
            } else {
                section.optionalText("title", LONGEST_ROW_TITLE);
            }
            for (CheckedObject row : section.objects("rows", 1, MOST_ROWS)) {
                rows++;
                row.text("id", LONGEST_ROW_ID);
                row.text("title", LONGEST_ROW_TITLE);
                row.optionalText("description", LONGEST_DESCRIPTION);
            }
        }
        if (rows > MOST_ROWS) {
            action.problem("sections", "must have at most " + MOST_ROWS + " rows in all");
        }
    }

    private static void link(CheckedObject action) {
        action.object("parameters").ifPresent(parameters -> {
            parameters.text("display_text", LONGEST_BUTTON);
            parameters.text("url", CheckedObject.ANY_LENGTH);
        });
    }
}
