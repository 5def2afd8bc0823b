/// Distributed traces: the only package that knows OpenTelemetry. [lull.runtime.trace.Tracing] starts it,
/// and [lull.runtime.trace.Span] is a piece of work in a trace.
@NullMarked
package lull.runtime.trace;

import org.jspecify.annotations.NullMarked;
