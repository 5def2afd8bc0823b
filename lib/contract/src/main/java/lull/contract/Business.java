package lull.contract;

import org.jspecify.annotations.Nullable;

/// Business number to which a customer wrote. Immutable.
///
/// @param phoneNumberId WhatsApp's id of the number, from which replies are sent
/// @param displayPhoneNumber the number as people read it
/// @param accountId the WhatsApp Business Account that owns the number
/// @param arn the number's ARN in AWS End User Messaging Social, if the message arrived that way
public record Business(
        String phoneNumberId,
        @Nullable String displayPhoneNumber,
        @Nullable String accountId,
        @Nullable String arn) {

    /// Creates a number that Meta serves directly.
    public Business(String phoneNumberId, @Nullable String displayPhoneNumber, @Nullable String accountId) {
        this(phoneNumberId, displayPhoneNumber, accountId, null);
    }
}
