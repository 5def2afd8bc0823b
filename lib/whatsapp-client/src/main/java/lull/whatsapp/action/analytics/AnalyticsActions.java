package lull.whatsapp.action.analytics;

import java.util.List;
import lull.whatsapp.action.Action;

/// Analytics: all actions.
public final class AnalyticsActions {

    public static final List<Action> ALL = List.of(
            new GetMessageAnalytics(),
            new GetConversationAnalytics(),
            new GetPricingAnalytics(),
            new GetCallAnalytics(),
            new GetTemplateAnalytics(),
            new GetTemplateGroupAnalytics(),
            new GetGroupAnalytics(),
            new EnableInsights());

    private AnalyticsActions() {}
}
