package lull.whatsapp.action.flow;

import java.util.List;
import lull.whatsapp.action.Action;

/// Flows: all actions.
public final class FlowActions {

    public static final List<Action> ALL = List.of(
            new CreateFlow(),
            new ListFlows(),
            new GetFlow(),
            new GetFlowPreview(),
            new GetFlowMetrics(),
            new UpdateFlow(),
            new UploadFlowJson(),
            new ListFlowAssets(),
            new PublishFlow(),
            new DeprecateFlow(),
            new DeleteFlow(),
            new MigrateFlows());

    private FlowActions() {}
}
