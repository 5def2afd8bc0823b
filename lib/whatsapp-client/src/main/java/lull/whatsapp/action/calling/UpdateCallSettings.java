package lull.whatsapp.action.calling;

import static lull.whatsapp.action.ActionRule.atLeastOne;
import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.members;
import static lull.whatsapp.action.ParameterType.object;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.word;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Changes the settings of calls of a number. call_hours are replaced as a whole: holidays that are
/// missing are erased. It takes up to seven days to reach customers.
final class UpdateCallSettings implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "update_call_settings",
                    ActionCategory.CALLING,
                    "Changes the settings of calls of a number. call_hours are replaced as a whole: holidays that are missing are erased. It takes up to seven days to reach customers.")
            .graph("POST /{number}/settings")
            .repeatable()
            .webhook("account_settings_update")
            .with(
                    number(),
                    optional(
                            "status",
                            word("ENABLED", "DISABLED"),
                            "Whether calls are on; needs a messaging limit of 2,000"),
                    optional(
                            "call_icon_visibility", word("DEFAULT", "DISABLE_ALL"), "Whether customers see the button"),
                    optional(
                            "callback_permission_status",
                            word("ENABLED", "DISABLED"),
                            "Whether a call of the customer permits a call back"),
                    optional(
                            "restrict_to_user_countries",
                            list(text(2, 2, "[A-Z]{2}", "a country code"), 1, 250),
                            "Countries whose customers see the button"))
            .with(optional(
                    "call_hours",
                    members(
                            required("status", word("ENABLED", "DISABLED"), "Whether hours apply"),
                            required("timezone_id", text(64), "Time zone, such as Europe/Berlin"),
                            required(
                                    "weekly_operating_hours",
                                    list(
                                            members(
                                                    required(
                                                            "day_of_week",
                                                            word(
                                                                    "MONDAY",
                                                                    "TUESDAY",
                                                                    "WEDNESDAY",
                                                                    "THURSDAY",
                                                                    "FRIDAY",
                                                                    "SATURDAY",
                                                                    "SUNDAY"),
                                                            "Day"),
                                                    required(
                                                            "open_time",
                                                            text(4, 4, "(?:[01][0-9]|2[0-3])[0-5][0-9]", "HHMM"),
                                                            "Begin"),
                                                    required(
                                                            "close_time",
                                                            text(4, 4, "(?:[01][0-9]|2[0-3])[0-5][0-9]", "HHMM"),
                                                            "End")),
                                            1,
                                            14),
                                    "Hours, at most two a day"),
                            optional(
                                    "holiday_schedule",
                                    list(
                                            members(
                                                    required(
                                                            "date",
                                                            text(10, 10, "[0-9]{4}-[0-9]{2}-[0-9]{2}", "a date"),
                                                            "Date"),
                                                    required(
                                                            "start_time",
                                                            text(4, 4, "(?:[01][0-9]|2[0-3])[0-5][0-9]", "HHMM"),
                                                            "Begin"),
                                                    required(
                                                            "end_time",
                                                            text(4, 4, "(?:[01][0-9]|2[0-3])[0-5][0-9]", "HHMM"),
                                                            "End")),
                                            0,
                                            20),
                                    "Other hours of single days")),
                    "When customers can call"))
            .with(
                    optional(
                            "sip",
                            object(),
                            "SIP servers in WhatsApp's form; with SIP there are neither call actions nor webhooks"),
                    optional("srtp_key_exchange_protocol", word("DTLS", "SDES"), "Encryption of SIP calls"))
            .rule(atLeastOne(
                    "status",
                    "call_icon_visibility",
                    "callback_permission_status",
                    "restrict_to_user_countries",
                    "call_hours",
                    "sip",
                    "srtp_key_exchange_protocol"))
            .rule(CallHours.rule())
            .example("""
                    {"number":"100000000000001","status":"ENABLED","call_hours":{"status":"ENABLED","timezone_id":"Europe/Berlin","weekly_operating_hours":[{"day_of_week":"MONDAY","open_time":"0900","close_time":"1700"}]}}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        ObjectNode calling = call.members(
                "status",
                "call_icon_visibility",
                "callback_permission_status",
                "call_hours",
                "sip",
                "srtp_key_exchange_protocol");
        if (call.has("restrict_to_user_countries")) {
            calling.putObject("call_icons").set("restrict_to_user_countries", call.value("restrict_to_user_countries"));
        }
        ObjectNode body = call.object();
        body.set("calling", calling);
        return call.graph().json(body).send();
    }
}
