package lull.whatsapp.action.flow;

import static lull.whatsapp.action.ActionRule.atLeastOne;
import static lull.whatsapp.action.CommonParameters.id;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.ParameterType.id;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.url;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Changes name, categories or endpoint of a flow in DRAFT.
final class UpdateFlow implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "update_flow", ActionCategory.FLOWS, "Changes name, categories or endpoint of a flow in DRAFT.")
            .graph("POST /{flow}")
            .repeatable()
            .with(
                    id("flow", "Id of the flow"),
                    token(),
                    optional("name", text(200), "Name"),
                    optional("categories", FlowParameters.CATEGORIES, "Categories"),
                    optional("endpoint_uri", url(2_000), "Address that serves data"),
                    optional("application_id", id(), "App of the endpoint"))
            .rule(atLeastOne("name", "categories", "endpoint_uri", "application_id"))
            .example("""
                    {"flow":"400000000000001","name":"booking_2"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
