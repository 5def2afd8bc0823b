package lull.contract.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import lull.contract.trace.TraceParent;
import org.jspecify.annotations.Nullable;

/// Source of a message. Immutable.
///
/// @param door `meta` (webhook of Meta), `sns` or `sqs` (AWS End User Messaging Social), or the kind of another channel
/// @param app the WhatsApp app whose webhook it was, or the channel, as the configuration names it; empty in the
///     oldest records
/// @param trace the span of the request by which it arrived, if the ingress traces
public record Source(String door, String app, @Nullable TraceParent trace) {

    /// Creates a source that is not traced.
    public Source(String door, String app) {
        this(door, app, null);
    }

    /// Fills in members that the oldest records lack.
    @JsonCreator
    static Source of(
            @JsonProperty("door") String door,
            @JsonProperty("app") @Nullable String app,
            @JsonProperty("trace") @Nullable TraceParent trace) {
        return new Source(door, app == null ? "" : app, trace);
    }

    /// Returns the same source with the span of a request; without one if it is not traced.
    public Source in(Optional<TraceParent> request) {
        return request.isEmpty() ? this : new Source(door, app, request.get());
    }

    /// Returns the span of the request as the causes of what arrived by it.
    List<TraceParent> causes() {
        TraceParent trace = trace();
        return trace == null ? List.of() : List.of(trace);
    }
}
