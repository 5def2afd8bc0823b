package lull.whatsapp.action.profile;

import java.util.List;
import lull.whatsapp.action.Action;

/// Business profile and username: all actions.
public final class ProfileActions {

    public static final List<Action> ALL = List.of(
            new GetProfile(),
            new UpdateProfile(),
            new GetUsername(),
            new ListUsernameSuggestions(),
            new SetUsername(),
            new DeleteUsername());

    private ProfileActions() {}
}
