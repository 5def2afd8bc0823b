package lull.contract.trace;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Span of a distributed trace that caused a record, in the form of the header `traceparent` of
/// [W3C Trace Context](https://www.w3.org/TR/trace-context/#traceparent-header), version 00. Immutable.
///
/// A record has it only if the process that wrote it traces and the trace is sampled. It has no effect
/// on how a record is handled.
///
/// @param value such as `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01`
public record TraceParent(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private static final int TRACE_ID = 3;
    private static final int SPAN_ID = 36;
    private static final int FLAGS = 53;

    /// Throws `IllegalArgumentException` for anything but the form of version 00.
    public TraceParent {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a traceparent of W3C Trace Context");
        }
    }

    /// Returns the trace context that a text is; empty if it is none.
    public static Optional<TraceParent> parse(@Nullable String text) {
        return text != null && FORM.matcher(text).matches() ? Optional.of(new TraceParent(text)) : Optional.empty();
    }

    /// Reads the member of a record. Anything that is no trace context is as good as none, because a record
    /// must not fail for it.
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable TraceParent ofMember(JsonNode member) {
        return parse(member.textValue()).orElse(null);
    }

    /// Returns the id of the trace: 32 hexadecimal digits.
    public String traceId() {
        return value.substring(TRACE_ID, SPAN_ID - 1);
    }

    /// Returns the id of the span: 16 hexadecimal digits.
    public String spanId() {
        return value.substring(SPAN_ID, FLAGS - 1);
    }

    /// Whether the trace is recorded by the process that began it.
    public boolean isSampled() {
        return (Character.digit(value.charAt(value.length() - 1), 16) & 1) == 1;
    }

    @Override
    public String toString() {
        return value;
    }
}
