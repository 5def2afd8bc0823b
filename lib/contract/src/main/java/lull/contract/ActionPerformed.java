package lull.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a client of the ingress had WhatsApp do for the business, with author and time: the values of
/// `whatsapp.action.performed`, keyed by the id of the request. There is one record before the call and one after
/// it. It has neither the parameters nor the answer, so no texts, customers or secrets.
///
/// @param attempt id of the call: a request that is repeated after a failure has several
/// @param action name of the action
/// @param by the author: the name that the token has in the settings
/// @param at when the state was reached
/// @param digest of the request, to detect another request with the same key
/// @param number the business number that it was about; absent if it was about none
/// @param account the account that it was about; absent if it was about none
/// @param code of the provider's error; absent if there is none
/// @param reference id of what was created, such as a template; absent if nothing was, and for messages
public record ActionPerformed(
        String attempt,
        String action,
        State state,
        String by,
        Instant at,
        String digest,
        @Nullable String number,
        @Nullable String account,
        @Nullable Integer code,
        @Nullable String reference) {

    /// How far it is.
    public enum State {
        /// The provider is called next.
        @JsonProperty("started")
        STARTED,
        /// The provider has accepted it.
        @JsonProperty("done")
        DONE,
        /// The provider never accepts it.
        @JsonProperty("refused")
        REFUSED,
        /// It was not performed, and can be repeated.
        @JsonProperty("later")
        LATER,
        /// It is unknown whether it was performed.
        @JsonProperty("unclear")
        UNCLEAR,
        /// It was not performed, because an operator must help.
        @JsonProperty("misconfigured")
        MISCONFIGURED,
        /// It was not performed, because the provider has no such operation.
        @JsonProperty("not_available")
        NOT_AVAILABLE;

        /// Whether nothing was done and a new attempt may be made.
        public boolean isRepeatable() {
            return this == LATER || this == MISCONFIGURED || this == NOT_AVAILABLE;
        }
    }
}
