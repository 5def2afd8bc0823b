package lull.lanes.flow;

import java.util.List;
import lull.contract.trace.TraceParent;
import lull.contract.trace.Traced;
import lull.lanes.Fence;
import lull.lanes.Handler;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.runtime.trace.Span;
import lull.runtime.trace.SpanKey;
import lull.runtime.trace.SpanName;
import lull.runtime.trace.Tracing;

/// Handler that records each attempt of another one as a span, in the trace of the first span that caused
/// the record. Records that nothing traced has caused are not recorded.
///
/// @param group the flow's consumer group, after which spans are named
/// @param topics those of the flow
record TracedHandler<V>(String group, List<String> topics, Handler<V> handler, Tracing tracing) implements Handler<V> {

    @Override
    public Outcome handle(Incoming<V> incoming, Fence fence) throws InterruptedException {
        List<TraceParent> causes = incoming.value() instanceof Traced traced ? traced.causes() : List.of();
        if (causes.isEmpty()) {
            return handler.handle(incoming, fence);
        }
        try (Span span = tracing.begin(SpanName.PROCESS, group, causes)) {
            span.with(SpanKey.SYSTEM, "kafka")
                    .with(SpanKey.GROUP, group)
                    .with(SpanKey.PARTITION, incoming.partition())
                    .with(SpanKey.OFFSET, incoming.offset())
                    .with(SpanKey.ATTEMPT, incoming.attempt());
            if (topics.size() == 1) {
                span.with(SpanKey.TOPIC, topics.getFirst());
            }
            return described(span, handler.handle(incoming, fence));
        }
    }

    @Override
    public void givenUp(Incoming<V> incoming, Fence fence) throws InterruptedException {
        handler.givenUp(incoming, fence);
    }

    private static Outcome described(Span span, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done _ -> span.with(SpanKey.OUTCOME, "done");
            case Outcome.AwaitNext _ -> span.with(SpanKey.OUTCOME, "await_next");
            case Outcome.Deferred _ -> span.with(SpanKey.OUTCOME, "deferred");
            case Outcome.Retry retry -> failed(span, "retry", retry.reason());
            case Outcome.Reject(String reason) -> failed(span, "reject", reason);
            case Outcome.Pause pause -> failed(span, "pause", pause.reason());
        }
        return outcome;
    }

    private static void failed(Span span, String word, String reason) {
        span.with(SpanKey.OUTCOME, word);
        span.failed(reason);
    }
}
