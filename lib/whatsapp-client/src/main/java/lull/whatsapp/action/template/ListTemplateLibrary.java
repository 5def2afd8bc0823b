package lull.whatsapp.action.template;

import static lull.whatsapp.action.CommonParameters.page;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Lists the templates of Meta's library.
final class ListTemplateLibrary implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "list_template_library", ActionCategory.TEMPLATES, "Lists the templates of Meta's library.")
            .graph("GET /message_template_library")
            .social("ListWhatsAppTemplateLibrary")
            .with(
                    token(),
                    optional(
                            "account",
                            text(1, 120, "waba-[0-9a-f]{1,64}|arn:\\S+", "AWS's id"),
                            "Account; needed with AWS End User Messaging Social"),
                    optional("search", text(128), "Words in the template"),
                    optional("topic", text(64), "Topic, such as ORDER_MANAGEMENT"),
                    optional("usecase", text(64), "Use, such as DELIVERY_UPDATE"),
                    optional("industry", text(64), "Industry, such as E_COMMERCE"),
                    optional("language", text(2, 10), "Language, such as en_US"))
            .with(page())
            .example("""
                    {"search":"delivery","language":"en_US"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph()
                .queryOf("search", "topic", "usecase", "industry", "language")
                .page()
                .send();
    }

    @Override
    public ObjectNode socialRequest(ActionCall call) {
        ObjectNode request = call.object();
        ObjectNode filters = request.putObject("filters");
        Map.of(
                        "search",
                        "searchKey",
                        "topic",
                        "topic",
                        "usecase",
                        "usecase",
                        "industry",
                        "industry",
                        "language",
                        "language")
                .forEach((name, filter) -> {
                    if (call.has(name)) {
                        filters.put(filter, call.text(name));
                    }
                });
        return call.has("after") ? request.put("nextToken", call.text("after")) : request;
    }
}
