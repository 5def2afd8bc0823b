package lull.whatsapp.action.number;

import static lull.whatsapp.action.ActionRule.holds;
import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.whole;
import static lull.whatsapp.action.ParameterType.word;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Sets how Meta stores messages of a number: as usual, in one country, or not at all.
final class SetStorage implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "set_storage",
                    ActionCategory.NUMBERS,
                    "Sets how Meta stores messages of a number: as usual, in one country, or not at all.")
            .graph("POST /{number}/settings")
            .repeatable()
            .with(
                    number(),
                    required("status", word("DEFAULT", "IN_COUNTRY_STORAGE_ENABLED", "NO_STORAGE_ENABLED"), "How"),
                    optional(
                            "data_localization_region",
                            word("AU", "ID", "IN", "JP", "SG", "KR", "DE", "CH", "GB", "BR", "BH", "ZA", "AE", "CA"),
                            "Country"),
                    optional(
                            "retention_minutes",
                            whole(1, 43_200),
                            "How long undelivered messages are kept without storage"))
            .rule(holds(
                    "IN_COUNTRY_STORAGE_ENABLED needs data_localization_region",
                    given -> !given.path("status").asText().equals("IN_COUNTRY_STORAGE_ENABLED")
                            || given.hasNonNull("data_localization_region")))
            .example("""
                    {"number":"100000000000001","status":"DEFAULT"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        ObjectNode settings = call.object();
        settings.set("storage_configuration", call.members("status", "data_localization_region", "retention_minutes"));
        return call.graph().json(settings).send();
    }
}
