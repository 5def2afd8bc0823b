package lull.contract;

import org.jspecify.annotations.Nullable;

/// The business number that a customer wrote to.
///
/// @param phoneNumberId WhatsApp's id of the number: what replies are sent from
/// @param displayPhoneNumber the number as people read it
/// @param accountId the WhatsApp Business Account that owns the number
/// @param arn the number's ARN in AWS End User Messaging Social, where it came by that door
public record Business(
        String phoneNumberId,
        @Nullable String displayPhoneNumber,
        @Nullable String accountId,
        @Nullable String arn) {

    /// A number that Meta serves directly.
    public Business(String phoneNumberId, @Nullable String displayPhoneNumber, @Nullable String accountId) {
        this(phoneNumberId, displayPhoneNumber, accountId, null);
    }
}
