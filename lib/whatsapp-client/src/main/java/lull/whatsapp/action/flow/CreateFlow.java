package lull.whatsapp.action.flow;

import static lull.whatsapp.action.ActionRule.holds;
import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.flag;
import static lull.whatsapp.action.ParameterType.id;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.url;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionRule;

/// Creates a flow, empty, from JSON, or as a copy.
final class CreateFlow implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "create_flow", ActionCategory.FLOWS, "Creates a flow, empty, from JSON, or as a copy.")
            .graph("POST /{account}/flows")
            .with(
                    account(),
                    token(),
                    required("name", text(200), "Name"),
                    required("categories", FlowParameters.CATEGORIES, "Categories"),
                    optional("flow_json", text(2, 10_485_760), "JSON of the flow"),
                    optional("publish", flag(), "Whether to publish it at once, which cannot be undone"),
                    optional("clone_flow_id", id(), "Flow that is copied"),
                    optional("endpoint_uri", url(2_000), "Address that serves data"))
            .rule(ActionRule.atMostOne("flow_json", "clone_flow_id"))
            .rule(holds(
                    "publish needs flow_json",
                    given -> !given.path("publish").asBoolean(false) || given.hasNonNull("flow_json")))
            .example("""
                    {"account":"200000000000001","name":"booking","categories":["APPOINTMENT_BOOKING"],"flow_json":"{\\"version\\":\\"7.0\\",\\"screens\\":[]}"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
