package lull.contract.trace;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/// Value of a topic that knows which spans of distributed traces caused it.
public interface Traced {

    /// Returns these spans, the first cause first; empty if nothing was traced. What handles the record
    /// continues the trace of the first, and links to the others.
    @JsonIgnore
    List<TraceParent> causes();
}
