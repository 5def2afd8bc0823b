package lull.whatsapp.action.quality;

import java.util.List;
import lull.whatsapp.action.Action;

/// Quality: all actions.
public final class QualityActions {

    public static final List<Action> ALL = List.of(new GetNumberQuality(), new ListTemplateQuality());

    private QualityActions() {}
}
