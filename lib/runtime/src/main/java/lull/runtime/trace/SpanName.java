package lull.runtime.trace;

import io.opentelemetry.api.trace.SpanKind;

/// Names of all spans that Lull begins by itself; docs/tracing.md lists them. Calls of clients are named
/// after the call. Some names end with the topic or the flow that they concern.
public enum SpanName {
    /// A webhook or a notification of the ingress, from its arrival until its records are acknowledged.
    WEBHOOK("receive webhook", SpanKind.SERVER),
    /// A reply that an application requested at the ingress.
    REPLY_REQUEST("receive reply request", SpanKind.SERVER),
    /// A notification of Amazon Connect, from its arrival until its event is acknowledged.
    CHAT_EVENT("receive chat event", SpanKind.SERVER),
    /// A record on its way to a topic, until the broker has acknowledged it.
    SEND("send", SpanKind.PRODUCER),
    /// A turn, from its first message's record until it is written.
    TURN("gather turn", SpanKind.INTERNAL),
    /// A record in a lane: one attempt to handle it.
    PROCESS("process", SpanKind.CONSUMER),
    /// WhatsApp has reported what became of a reply.
    REPORT("report", SpanKind.INTERNAL),
    /// A call of AWS or of another server, named after the operation or the method.
    CALL("", SpanKind.CLIENT);

    private final String text;
    private final SpanKind kind;

    SpanName(String text, SpanKind kind) {
        this.text = text;
        this.kind = kind;
    }

    /// Returns the name as traces show it.
    ///
    /// @param what what it concerns, such as a topic; empty: nothing in particular
    String with(String what) {
        return (text + " " + what).strip();
    }

    SpanKind kind() {
        return kind;
    }
}
