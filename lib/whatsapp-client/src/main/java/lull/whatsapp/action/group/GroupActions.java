package lull.whatsapp.action.group;

import java.util.List;
import lull.whatsapp.action.Action;

/// Groups: all actions.
public final class GroupActions {

    public static final List<Action> ALL = List.of(
            new CreateGroup(),
            new ListGroups(),
            new GetGroup(),
            new UpdateGroup(),
            new DeleteGroup(),
            new GetGroupLink(),
            new ResetGroupLink(),
            new RemoveParticipants(),
            new ListJoinRequests(),
            new ApproveJoinRequests(),
            new RejectJoinRequests());

    private GroupActions() {}
}
