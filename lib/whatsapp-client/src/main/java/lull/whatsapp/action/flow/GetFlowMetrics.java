package lull.whatsapp.action.flow;

import static lull.whatsapp.action.CommonParameters.id;
import static lull.whatsapp.action.CommonParameters.token;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.word;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Reads how a flow's endpoint works.
final class GetFlowMetrics implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_flow_metrics", ActionCategory.FLOWS, "Reads how a flow's endpoint works.")
            .graph("GET /{flow}")
            .with(
                    id("flow", "Id of the flow"),
                    token(),
                    required(
                            "metric",
                            word(
                                    "ENDPOINT_REQUEST_COUNT",
                                    "ENDPOINT_REQUEST_ERROR",
                                    "ENDPOINT_REQUEST_ERROR_RATE",
                                    "ENDPOINT_REQUEST_LATENCY_SECONDS_CEIL",
                                    "ENDPOINT_AVAILABILITY"),
                            "Metric"),
                    required("granularity", word("DAY", "HOUR", "LIFETIME"), "Width of a point"),
                    optional("since", text(10, 10, "[0-9]{4}-[0-9]{2}-[0-9]{2}", "a date"), "First day"),
                    optional("until", text(10, 10, "[0-9]{4}-[0-9]{2}-[0-9]{2}", "a date"), "Last day"))
            .example("""
                    {"flow":"400000000000001","metric":"ENDPOINT_AVAILABILITY","granularity":"DAY"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        String metric = "metric.name(" + call.text("metric") + ").granularity(" + call.text("granularity") + ")"
                + (call.has("since") ? ".since(" + call.text("since") + ")" : "")
                + (call.has("until") ? ".until(" + call.text("until") + ")" : "");
        return call.graph().query("fields", metric).send();
    }
}
