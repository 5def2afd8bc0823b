package lull.whatsapp.action.blocking;

import java.util.List;
import lull.whatsapp.action.Action;

/// Blocked customers: all actions.
public final class BlockingActions {

    public static final List<Action> ALL = List.of(new BlockUsers(), new UnblockUsers(), new ListBlockedUsers());

    private BlockingActions() {}
}
