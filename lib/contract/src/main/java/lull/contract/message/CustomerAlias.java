package lull.contract.message;

import java.time.Instant;
import lull.contract.Masking;

/// A customer's id has changed, be it the phone number or the user id: the values of `whatsapp.customer.alias`,
/// keyed by the old id.
///
/// @param businessNumber the business number that heard of it; a user id means someone only within its portfolio
/// @param messageId the message that said so, or a digest of the change that did
public record CustomerAlias(String oldId, String newId, String businessNumber, String messageId, Instant receivedAt) {

    @Override
    public String toString() {
        return "CustomerAlias[" + Masking.masked(oldId) + " is now " + Masking.masked(newId) + "]";
    }
}
