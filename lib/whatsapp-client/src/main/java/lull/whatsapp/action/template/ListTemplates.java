package lull.whatsapp.action.template;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.fields;
import static lull.whatsapp.action.CommonParameters.page;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.word;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Lists the templates of an account.
final class ListTemplates implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "list_templates", ActionCategory.TEMPLATES, "Lists the templates of an account.")
            .graph("GET /{account}/message_templates")
            .social("ListWhatsAppMessageTemplates")
            .with(
                    account(),
                    token(),
                    fields(),
                    optional(
                            "status",
                            word(
                                    "APPROVED",
                                    "PENDING",
                                    "REJECTED",
                                    "PAUSED",
                                    "DISABLED",
                                    "IN_APPEAL",
                                    "PENDING_DELETION",
                                    "DELETED",
                                    "LIMIT_EXCEEDED",
                                    "ARCHIVED"),
                            "State"),
                    optional("category", word("MARKETING", "UTILITY", "AUTHENTICATION"), "Category"),
                    optional("language", text(2, 10), "Language, such as en_US"),
                    optional("name", text(512), "Name"),
                    optional("quality_score", word("GREEN", "YELLOW", "RED", "UNKNOWN"), "Quality"),
                    optional("source", text(64), "Source, such as AUTO_GENERATED"))
            .with(page())
            .example("""
                    {"account":"200000000000001","status":"APPROVED","limit":100}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph()
                .fields("id,name,language,status,category,components,parameter_format,quality_score,rejected_reason")
                .queryOf("status", "category", "language", "name", "quality_score", "source")
                .page()
                .send();
    }

    @Override
    public ObjectNode socialRequest(ActionCall call) {
        ObjectNode request = call.object();
        if (call.has("limit")) {
            request.put("maxResults", Math.min(100, call.value("limit").asInt()));
        }
        return call.has("after") ? request.put("nextToken", call.text("after")) : request;
    }
}
