package lull.whatsapp.action.calling;

import java.util.List;
import lull.whatsapp.action.Action;

/// Calls: all actions.
public final class CallingActions {

    public static final List<Action> ALL = List.of(
            new GetCallSettings(),
            new UpdateCallSettings(),
            new GetCallPermission(),
            new StartCall(),
            new PreAcceptCall(),
            new AcceptCall(),
            new RejectCall(),
            new EndCall());

    private CallingActions() {}
}
