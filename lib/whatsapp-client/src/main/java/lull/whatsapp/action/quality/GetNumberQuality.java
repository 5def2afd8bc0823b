package lull.whatsapp.action.quality;

import static lull.whatsapp.action.CommonParameters.number;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;

/// Reads the quality of a number by what customers think of its messages: GREEN, YELLOW, RED or NA.
final class GetNumberQuality implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.reads(
                    "get_number_quality",
                    ActionCategory.QUALITY,
                    "Reads the quality of a number by what customers think of its messages: GREEN, YELLOW, RED or NA.")
            .graph("GET /{number}")
            .with(number())
            .example("""
                    {"number":"100000000000001"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ActionResult perform(ActionCall call) throws InterruptedException {
        return call.graph()
                .query("fields", "quality_rating,quality_score,status,throughput")
                .send();
    }
}
