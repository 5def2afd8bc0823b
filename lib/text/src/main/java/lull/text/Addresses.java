package lull.text;

import java.util.Objects;
import java.util.Optional;
import lull.contract.Customer;
import lull.contract.PhoneForms;
import lull.contract.message.IdentityChange;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;
import org.jspecify.annotations.Nullable;

/// Addresses of a turn's customer: the phone number and the user id that WhatsApp accepts now. Pure.
public final class Addresses {

    private Addresses() {}

    /// Returns the customer's addresses after a turn.
    ///
    /// @param known the addresses in the chat
    public static Customer after(Customer known, Turn turn) {
        Customer now = merged(known, turn.customer());
        for (TurnItem item : turn.items()) {
            for (TurnMessage message : item.messages()) {
                Optional<IdentityChange> change = IdentityChange.of(message.raw());
                if (change.isPresent()) {
                    now = changed(now, change.get());
                }
            }
        }
        return now;
    }

    /// Whether a message says nothing but that the customer's address has changed, of which agents are
    /// notified in a note.
    static boolean isChange(TurnItem item) {
        return item.messages().stream()
                .allMatch(message -> IdentityChange.of(message.raw()).isPresent());
    }

    /// Merges the known addresses with newer ones. A new phone number removes the old user id, and the
    /// other way round, because WhatsApp renews both.
    private static Customer merged(Customer known, Customer said) {
        boolean isOtherPhone = isOther(known.phone(), said.phone()) && !PhoneForms.areSame(known.phone(), said.phone());
        boolean isOtherUser = isOther(known.userId(), said.userId());
        return new Customer(
                said.userId() != null || isOtherPhone ? said.userId() : known.userId(),
                said.phone() != null || isOtherUser ? said.phone() : known.phone(),
                either(said.name(), known.name()),
                either(said.parentUserId(), known.parentUserId()),
                either(said.username(), known.username()));
    }

    private static Customer changed(Customer known, IdentityChange change) {
        String phone = change.newPhone();
        String userId = change.newUserId();
        boolean isKnownAlready = Objects.equals(phone, known.phone()) && phone != null;
        return isKnownAlready && userId == null
                ? known
                : new Customer(
                        userId,
                        phone,
                        known.name(),
                        either(change.newParentUserId(), known.parentUserId()),
                        known.username());
    }

    private static boolean isOther(@Nullable String known, @Nullable String said) {
        return known != null && said != null && !known.equals(said);
    }

    private static @Nullable String either(@Nullable String said, @Nullable String known) {
        return said == null ? known : said;
    }
}
