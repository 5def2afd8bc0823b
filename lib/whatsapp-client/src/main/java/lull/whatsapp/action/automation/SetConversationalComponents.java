package lull.whatsapp.action.automation;

import static lull.whatsapp.action.ActionRule.atLeastOne;
import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.flag;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.members;
import static lull.whatsapp.action.ParameterType.text;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Sets the ice breakers and commands of a number; each list is replaced as a whole. What customers tap
/// arrives as text.
final class SetConversationalComponents implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "set_conversational_components",
                    ActionCategory.AUTOMATION,
                    "Sets the ice breakers and commands of a number; each list is replaced as a whole. What customers tap arrives as text.")
            .graph("POST /{number}/conversational_automation")
            .repeatable()
            .with(
                    number(),
                    optional(
                            "enable_welcome_message",
                            flag(),
                            "Whether a webhook request_welcome is sent when somebody opens the chat first; Meta may have withdrawn it"),
                    optional("prompts", list(text(1, 80, PlainText.NO_EMOJI, "without emoji"), 0, 4), "Ice breakers"),
                    optional(
                            "commands",
                            list(
                                    members(
                                            required(
                                                    "command_name",
                                                    text(1, 32, PlainText.NO_EMOJI, "without emoji"),
                                                    "Name, without /"),
                                            required(
                                                    "command_description",
                                                    text(1, 256, PlainText.NO_EMOJI, "without emoji"),
                                                    "What it does")),
                                    0,
                                    30),
                            "Commands"))
            .rule(atLeastOne("enable_welcome_message", "prompts", "commands"))
            .example("""
                    {"number":"100000000000001","prompts":["What about my order?"],"commands":[{"command_name":"track","command_description":"Shows the state of an order"}]}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph()
                .queryOf("enable_welcome_message", "prompts", "commands")
                .send();
    }
}
