package lull.whatsapp.action.eum;

import java.util.List;
import lull.whatsapp.action.Action;

/// Operations that only AWS End User Messaging Social has: all actions.
public final class EumActions {

    public static final List<Action> ALL = List.of(
            new ListEumAccounts(),
            new SetEumEventDestination(),
            new UnlinkEumAccount(),
            new UploadEumSample(),
            new ListEumTags(),
            new AddEumTags(),
            new RemoveEumTags());

    private EumActions() {}
}
