package lull.contract.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// Source of a message. Immutable.
///
/// @param door `meta` (webhook of Meta), `sns` or `sqs` (AWS End User Messaging Social)
/// @param app the WhatsApp app whose webhook it was, as the configuration names it; empty in the oldest
///     records
public record Source(String door, String app) {

    /// Fills in members that the oldest records lack.
    @JsonCreator
    static Source of(@JsonProperty("door") String door, @JsonProperty("app") @Nullable String app) {
        return new Source(door, app == null ? "" : app);
    }
}
