package lull.whatsapp.action.automation;

import java.util.List;
import lull.whatsapp.action.Action;

/// Welcome sequences, ice breakers and commands: all actions.
public final class AutomationActions {

    public static final List<Action> ALL = List.of(
            new GetConversationalComponents(),
            new SetConversationalComponents(),
            new ListWelcomeSequences(),
            new SaveWelcomeSequence(),
            new DeleteWelcomeSequence());

    private AutomationActions() {}
}
