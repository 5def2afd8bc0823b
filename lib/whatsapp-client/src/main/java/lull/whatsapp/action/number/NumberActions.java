package lull.whatsapp.action.number;

import java.util.List;
import lull.whatsapp.action.Action;

/// Phone numbers and their registration: all actions.
public final class NumberActions {

    public static final List<Action> ALL = List.of(
            new ListNumbers(),
            new GetNumber(),
            new GetMessagingLimit(),
            new AddNumber(),
            new RequestCode(),
            new VerifyCode(),
            new RegisterNumber(),
            new DeregisterNumber(),
            new SetPin(),
            new SetDisplayName(),
            new GetNumberSettings(),
            new SetIdentityCheck(),
            new SetStorage(),
            new GetEncryptionKey(),
            new SetEncryptionKey());

    private NumberActions() {}
}
