package lull.contract;

import org.jspecify.annotations.Nullable;

/// The business number that a customer wrote to.
///
/// @param phoneNumberId WhatsApp's id of the number: what replies are sent from
/// @param displayPhoneNumber the number as people read it
/// @param accountId the WhatsApp Business Account that owns the number
public record Business(
        String phoneNumberId,
        @Nullable String displayPhoneNumber,
        @Nullable String accountId) {}
