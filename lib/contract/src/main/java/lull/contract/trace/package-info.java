/// Trace context of OpenTelemetry in the values of topics.
@NullMarked
package lull.contract.trace;

import org.jspecify.annotations.NullMarked;
