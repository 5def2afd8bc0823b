package lull.whatsapp.action.link;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.CommonParameters.page;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.word;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Lists the short links of a number.
final class ListLinks implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "list_links", ActionCategory.LINKS, "Lists the short links of a number.")
            .graph("GET /{number}/message_qrdls")
            .with(
                    number(),
                    optional("image", word("SVG", "PNG"), "Form of the QR codes; without it there are no pictures"))
            .with(page())
            .example("""
                    {"number":"100000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return (call.has("image")
                        ? call.graph()
                                .query(
                                        "fields",
                                        "code,prefilled_message,deep_link_url,qr_image_url.format(" + call.text("image")
                                                + ")")
                        : call.graph())
                .page()
                .send();
    }
}
