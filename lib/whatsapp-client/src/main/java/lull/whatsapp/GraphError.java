package lull.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.OptionalInt;

/// Reason why a call of the Graph API did not succeed.
public sealed interface GraphError {

    /// No call was made, because there is no access token, or its text cannot be sent as one.
    ///
    /// @param setting the setting that must contain a token
    record NoToken(String businessNumber, String setting) implements GraphError {

        /// What happened, and what to do.
        public String reason() {
            return "There is no access token for business number " + businessNumber + ", or it is not one line of"
                    + " visible ASCII characters: set " + setting + ", or add the number to "
                    + SocialSettings.NUMBERS.name() + " if AWS End User Messaging Social serves it";
        }
    }

    /// The server could not be connected to, so the call had no effect.
    record NotConnected(IOException cause) implements GraphError {}

    /// There was no complete response, so it is unknown whether the call had an effect.
    record NoResponse(IOException cause) implements GraphError {}

    /// The response has an error status.
    ///
    /// @param body missing if it is not JSON
    record Rejected(int status, JsonNode body) implements GraphError {

        /// The Graph API's own code of the error; empty if the response has none, such as that of a proxy.
        public OptionalInt code() {
            JsonNode code = body.path("error").path("code");
            return code.isIntegralNumber() ? OptionalInt.of(code.intValue()) : OptionalInt.empty();
        }

        /// The code of the detailed reason, which calls that manage an account have; empty if there is none.
        public OptionalInt subcode() {
            JsonNode code = body.path("error").path("error_subcode");
            return code.isIntegralNumber() ? OptionalInt.of(code.intValue()) : OptionalInt.empty();
        }
    }
}
