package lull.whatsapp.action.marketing;

import java.util.List;
import lull.whatsapp.action.Action;

/// Marketing messages and sign-up: all actions.
public final class MarketingActions {

    public static final List<Action> ALL = List.of(
            new SendMarketingMessage(),
            new GetMarketingStatus(),
            new SetMarketingChannel(),
            new ListSignups(),
            new CreateSignup());

    private MarketingActions() {}
}
