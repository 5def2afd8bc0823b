package lull.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;

/// Result of a call of the Graph API.
public sealed interface GraphAnswer {

    /// The response has a success status.
    ///
    /// @param body missing if it is not JSON
    record Ok(int status, JsonNode body) implements GraphAnswer {}

    /// The call did not succeed.
    record Failed(GraphError error) implements GraphAnswer {}
}
