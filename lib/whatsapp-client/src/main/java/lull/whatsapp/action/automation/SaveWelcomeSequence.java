package lull.whatsapp.action.automation;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.id;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.members;
import static lull.whatsapp.action.ParameterType.text;

import lull.contract.json.Json;
import lull.runtime.http.MultipartForm;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Creates or changes a welcome message of ads that click to WhatsApp.
final class SaveWelcomeSequence implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "save_welcome_sequence",
                    ActionCategory.AUTOMATION,
                    "Creates or changes a welcome message of ads that click to WhatsApp.")
            .graph("POST /{account}/welcome_message_sequences")
            .with(
                    account(),
                    token(),
                    optional("sequence_id", id(), "Id, to change one"),
                    required("name", text(200), "Name"),
                    required(
                            "welcome_message_sequence",
                            members(
                                    required("text", text(1_024), "Text"),
                                    optional(
                                            "autofill_message",
                                            members(required("content", text(1_024), "Text")),
                                            "Text that the customer sends"),
                                    optional(
                                            "ice_breakers",
                                            list(members(required("title", text(80), "Question")), 1, 4),
                                            "Questions")),
                            "Message"))
            .example("""
                    {"account":"200000000000001","name":"spring","welcome_message_sequence":{"text":"Hello, how can we help?","ice_breakers":[{"title":"What is new?"}]}}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        MultipartForm form = new MultipartForm()
                .text("name", call.text("name"))
                .text("welcome_message_sequence", Json.text(call.value("welcome_message_sequence")));
        return call.graph()
                .form(call.has("sequence_id") ? form.text("sequence_id", call.text("sequence_id")) : form)
                .send();
    }
}
