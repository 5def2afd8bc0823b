package lull.whatsapp.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/// Result of an action.
public sealed interface ActionResult {

    /// The provider has accepted it.
    ///
    /// @param body what the provider answered
    record Done(JsonNode body) implements ActionResult {}

    /// It was not performed, or it is unknown whether it was.
    ///
    /// @param code of the provider; 0 if there is none
    /// @param subcode of the Graph API; 0 if there is none
    /// @param reason what happened, for people
    /// @param advice what to do, for people
    /// @param body what the provider answered beside the error, such as which part was done; missing if nothing
    record Failed(Kind kind, int code, int subcode, String reason, String advice, JsonNode body)
            implements ActionResult {

        public Failed(Kind kind, String reason, String advice) {
            this(kind, 0, 0, reason, advice, MissingNode.getInstance());
        }
    }

    /// What a failure means.
    enum Kind {
        /// The provider never accepts this request.
        REFUSED,
        /// It was not performed, and can be repeated later.
        LATER,
        /// It is unknown whether it was performed.
        UNCLEAR,
        /// Nothing is accepted until an operator helps.
        MISCONFIGURED,
        /// The provider has no such operation.
        NOT_AVAILABLE
    }
}
