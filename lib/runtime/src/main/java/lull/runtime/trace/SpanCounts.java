package lull.runtime.trace;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;

/// Counts of spans that ended, were exported, and could not be exported. Those that ended and are neither
/// wait, or were dropped because the exporter's queue was full.
final class SpanCounts implements SpanProcessor {

    private final Counter ended;
    private final Counter exported;
    private final Counter failed;

    SpanCounts(MeterRegistry meters) {
        this.ended = counter(meters, "ended");
        this.exported = counter(meters, "exported");
        this.failed = counter(meters, "failed");
    }

    private static Counter counter(MeterRegistry meters, String outcome) {
        return Counter.builder("lull.trace.spans")
                .description("Spans of distributed traces: ended, exported, and not exported because of an error")
                .tag("outcome", outcome)
                .register(meters);
    }

    /// Returns an exporter that counts what another one exports.
    SpanExporter counting(SpanExporter exporter) {
        return new SpanExporter() {
            @Override
            public CompletableResultCode export(Collection<SpanData> spans) {
                CompletableResultCode result = exporter.export(spans);
                return result.whenComplete(() -> (result.isSuccess() ? exported : failed).increment(spans.size()));
            }

            @Override
            public CompletableResultCode flush() {
                return exporter.flush();
            }

            @Override
            public CompletableResultCode shutdown() {
                return exporter.shutdown();
            }
        };
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        // Only ends count.
    }

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (span.getSpanContext().isSampled()) {
            ended.increment();
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }
}
