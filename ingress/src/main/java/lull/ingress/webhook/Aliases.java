package lull.ingress.webhook;

import java.util.ArrayList;
import java.util.List;
import lull.contract.message.CustomerAlias;
import lull.contract.message.IdentityChange;
import lull.contract.message.Message;
import org.jspecify.annotations.Nullable;

/// Reader of system messages that report changed customer ids.
final class Aliases {

    private Aliases() {}

    /// Returns one alias for each id that was replaced: phone number, user id, and user id of the
    /// linked portfolio.
    static List<CustomerAlias> of(Message message) {
        List<CustomerAlias> aliases = new ArrayList<>();
        IdentityChange.of(message.raw()).ifPresent(change -> {
            add(aliases, change.oldPhone(), change.newPhone(), message);
            add(aliases, change.oldUserId(), change.newUserId(), message);
            add(aliases, change.oldParentUserId(), change.newParentUserId(), message);
        });
        return aliases;
    }

    private static void add(
            List<CustomerAlias> aliases, @Nullable String oldId, @Nullable String newId, Message message) {
        if (oldId != null && newId != null && !oldId.equals(newId)) {
            aliases.add(new CustomerAlias(
                    oldId, newId, message.business().phoneNumberId(), message.id(), message.receivedAt()));
        }
    }
}
