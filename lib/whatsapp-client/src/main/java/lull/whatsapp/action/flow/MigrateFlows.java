package lull.whatsapp.action.flow;

import static lull.whatsapp.action.CommonParameters.account;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.id;
import static lull.whatsapp.action.ParameterType.list;
import static lull.whatsapp.action.ParameterType.text;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Copies flows of another account of the same business.
final class MigrateFlows implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "migrate_flows", ActionCategory.FLOWS, "Copies flows of another account of the same business.")
            .graph("POST /{account}/migrate_flows")
            .with(
                    account(),
                    token(),
                    required("source_waba_id", id(), "Account with the flows"),
                    required("source_flow_names", list(text(200), 1, 100), "Names of the flows"))
            .example("""
                    {"account":"200000000000001","source_waba_id":"200000000000002","source_flow_names":["booking"]}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
