package lull.contract.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import lull.contract.trace.TraceParent;
import lull.contract.trace.Traced;
import org.jspecify.annotations.Nullable;

/// Part of a webhook that is neither message nor status: the values of `whatsapp.account.event`.
///
///
/// @param field WhatsApp's name of the changed field, or `errors` for errors beside messages; empty if
///     there was none
/// @param accountId the `id` of the webhook's entry
/// @param at when it happened, if WhatsApp says so: the `time` of the webhook's entry
/// @param raw the change (or error) as it arrived
public record AccountEvent(
        String field, @Nullable String accountId, @Nullable Instant at, Instant receivedAt, Source source, JsonNode raw)
        implements Traced {

    @Override
    public List<TraceParent> causes() {
        return source.causes();
    }

    @Override
    public String toString() {
        return "AccountEvent[" + field + "]";
    }
}
