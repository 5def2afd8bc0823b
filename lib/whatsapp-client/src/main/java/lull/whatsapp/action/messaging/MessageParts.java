package lull.whatsapp.action.messaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionRule;
import lull.whatsapp.action.Parameter;
import lull.whatsapp.action.ParameterType;

/// Parameters that several messages share. Limits are WhatsApp's.
final class MessageParts {

    /// Characters of the text that the statuses of a message repeat.
    static final int LONGEST_OPAQUE = 512;

    private static final int LONGEST_BODY = 1_024;
    private static final int LONGEST_LINE = 60;

    private MessageParts() {}

    /// A file of a message, by id or link.
    static Parameter[] file() {
        return new Parameter[] {
            Parameter.optional(
                    "id", ParameterType.text(1, 100, "[A-Za-z0-9]+", "letters and digits"), "Id of the uploaded file"),
            Parameter.optional("link", ParameterType.url(2_048), "Address from which WhatsApp downloads the file")
        };
    }

    /// The caption of a file.
    static Parameter caption() {
        return Parameter.optional("caption", ParameterType.text(LONGEST_BODY), "Text below the file");
    }

    /// The text of an interactive message.
    static Parameter body() {
        return Parameter.required("body", ParameterType.text(LONGEST_BODY), "Text of the message");
    }

    static Parameter footer() {
        return Parameter.optional("footer", ParameterType.text(LONGEST_LINE), "Line below the text");
    }

    /// A header of text or of a file.
    static Parameter header() {
        ParameterType file = ParameterType.members(file()[0], file()[1]);
        return Parameter.optional(
                "header",
                ParameterType.members(
                        Parameter.required("type", ParameterType.word("text", "image", "video", "document"), "Kind"),
                        Parameter.optional("text", ParameterType.text(LONGEST_LINE), "Text, with type text"),
                        Parameter.optional("image", file, "Picture, with type image"),
                        Parameter.optional("video", file, "Video, with type video"),
                        Parameter.optional("document", file, "Document, with type document")),
                "Header above the text");
    }

    /// A header of text.
    static Parameter textHeader() {
        return Parameter.optional(
                "header",
                ParameterType.members(
                        Parameter.required("type", ParameterType.word("text"), "Kind"),
                        Parameter.required("text", ParameterType.text(LONGEST_LINE), "Text")),
                "Header above the text");
    }

    /// That the header has the object of its type.
    static ActionRule headerRule() {
        return ActionRule.holds(
                "header must have a member with the name of its type",
                given -> !given.hasNonNull("header")
                        || given.path("header")
                                .hasNonNull(given.path("header").path("type").asText()));
    }

    /// The template of a template message.
    static Parameter[] template() {
        return new Parameter[] {
            Parameter.required(
                    "template", ParameterType.text(1, 512, "[a-z0-9_]+", "lower-case letters, digits and _"), "Name"),
            Parameter.required(
                    "language",
                    ParameterType.text(2, 10, "[a-z]{2,3}(?:_[A-Za-z]{2,4})?", "such as en_US"),
                    "Language"),
            Parameter.optional(
                    "components",
                    ParameterType.list(ParameterType.object(), 1, 13),
                    "Values of the header, body, buttons and cards, in WhatsApp's form")
        };
    }

    /// Returns the object `template` of a message.
    static ObjectNode template(ActionCall call) {
        ObjectNode template = call.object().put("name", call.text("template"));
        template.putObject("language").put("code", call.text("language"));
        template.setAll(call.members("components"));
        return template;
    }
}
