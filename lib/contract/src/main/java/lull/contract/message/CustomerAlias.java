package lull.contract.message;

import java.time.Instant;
import lull.contract.Masking;

/// Change of a customer's id, either the phone number or the user id: the values of
/// `whatsapp.customer.alias`, keyed by the old id. Immutable.
///
/// @param businessNumber the business number that received it; a user id is valid only within its
///     portfolio
/// @param messageId the message that reported it, or a digest of the change that did
public record CustomerAlias(String oldId, String newId, String businessNumber, String messageId, Instant receivedAt) {

    @Override
    public String toString() {
        return "CustomerAlias[" + Masking.masked(oldId) + " is now " + Masking.masked(newId) + "]";
    }
}
