package lull.whatsapp.action.account;

import java.util.List;
import lull.whatsapp.action.Action;

/// WhatsApp Business accounts, their subscriptions and health: all actions.
public final class AccountActions {

    public static final List<Action> ALL = List.of(
            new GetAccount(),
            new GetHealth(),
            new ListSubscriptions(),
            new Subscribe(),
            new Unsubscribe(),
            new SubscribeFields(),
            new GetNumberWebhook(),
            new SetNumberWebhook());

    private AccountActions() {}
}
