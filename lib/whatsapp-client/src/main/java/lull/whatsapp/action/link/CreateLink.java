package lull.whatsapp.action.link;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.word;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Creates a short link that opens a chat with a text, and its QR code. A number can have 2,000.
final class CreateLink implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "create_link",
                    ActionCategory.LINKS,
                    "Creates a short link that opens a chat with a text, and its QR code. A number can have 2,000.")
            .graph("POST /{number}/message_qrdls")
            .with(
                    number(),
                    required("prefilled_message", text(140), "Text that the customer sends"),
                    optional(
                            "generate_qr_image",
                            word("SVG", "PNG"),
                            "Form of the QR code; without it there is no picture"))
            .example("""
                    {"number":"100000000000001","prefilled_message":"I have a question about my order","generate_qr_image":"SVG"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
