package lull.runtime.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Optional;
import lull.contract.trace.TraceParent;

/// Piece of work in a trace. Between its begin and [#close] calls of clients by the same thread are parts
/// of it. A span that is not recorded does nothing. Used by one thread, unless it was begun by
/// [Tracing#beginApart].
public final class Span implements AutoCloseable {

    /// The span of work that is not traced.
    static final Span NONE = new Span(io.opentelemetry.api.trace.Span.getInvalid(), Scope.noop());

    private final io.opentelemetry.api.trace.Span span;
    private final Scope scope;

    private Span(io.opentelemetry.api.trace.Span span, Scope scope) {
        this.span = span;
        this.scope = scope;
    }

    /// Returns a span that is the current one of this thread in a context.
    @SuppressWarnings("MustBeClosedChecker") // The span closes it.
    static Span current(io.opentelemetry.api.trace.Span span, Context context) {
        return new Span(span, context.with(span).makeCurrent());
    }

    /// Returns a span of no thread.
    static Span apart(io.opentelemetry.api.trace.Span span) {
        return new Span(span, Scope.noop());
    }

    /// Adds an attribute: numbers as integers, except where the conventions ask for a text.
    public Span with(SpanKey key, Object value) {
        if (span.isRecording()) {
            if (value instanceof Number number && !key.isText()) {
                span.setAttribute(key.text(), number.longValue());
            } else {
                span.setAttribute(key.text(), String.valueOf(value));
            }
        }
        return this;
    }

    /// Marks it as failed.
    ///
    /// @param reason in words, without anything personal
    public void failed(String reason) {
        span.setStatus(StatusCode.ERROR, reason);
    }

    /// Returns it as the cause of records; empty if it is not recorded or its trace is not sampled.
    public Optional<TraceParent> parent() {
        return parent(span);
    }

    static Optional<TraceParent> parent(io.opentelemetry.api.trace.Span span) {
        SpanContext context = span.getSpanContext();
        return context.isSampled()
                ? TraceParent.parse("00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                        + context.getTraceFlags().asHex())
                : Optional.empty();
    }

    @Override
    public void close() {
        scope.close();
        span.end();
    }
}
