package lull.runtime.trace;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import lull.contract.trace.TraceParent;
import lull.runtime.BuildInfo;
import lull.runtime.CannotStart;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Traces of a process by OpenTelemetry. Off unless one of these standard environment variables is set:
/// `OTEL_TRACES_EXPORTER`, `OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`. All others
/// of OpenTelemetry's SDK then apply, too. Only traces are exported, by default with OTLP over HTTP; for
/// metrics there is `/metrics`. Safe for several threads.
public final class Tracing implements AutoCloseable {

    /// The longest time for which a stop waits for spans that are not exported yet, in seconds.
    private static final long FLUSH_SECONDS = 5;

    private static final List<String> SWITCHES =
            List.of("OTEL_TRACES_EXPORTER", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");

    private static final String SCOPE = "lull";

    /// Where the clients of a process find its tracing while a span is current.
    private static final ContextKey<Tracing> CURRENT = ContextKey.named("lull-tracing");

    private final Tracer tracer;
    private final @Nullable OpenTelemetrySdk sdk;

    private Tracing(Tracer tracer, @Nullable OpenTelemetrySdk sdk) {
        this.tracer = tracer;
        this.sdk = sdk;
    }

    /// Returns a tracing that records nothing.
    public static Tracing off() {
        return new Tracing(OpenTelemetry.noop().getTracer(SCOPE), null);
    }

    /// Starts tracing, if the environment variables or the system properties of OpenTelemetry ask for it.
    /// Throws [CannotStart] if one of them is wrong.
    ///
    /// @param process the name of the process; with `lull-` before it, it is the default of
    ///     `OTEL_SERVICE_NAME`
    /// @param meters counts the spans that ended, were exported, and failed to be
    public static Tracing start(String process, MeterRegistry meters) {
        SpanCounts counts = new SpanCounts(meters);
        if (!isAsked(Tracing::configured)) {
            return off();
        }
        // The SDK logs by java.util.logging.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        try {
            OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                    .addPropertiesSupplier(() -> Map.of(
                            "otel.service.name", SCOPE + "-" + process,
                            "otel.resource.attributes",
                                    "service.version=" + BuildInfo.read().version(),
                            "otel.exporter.otlp.protocol", "http/protobuf",
                            "otel.metrics.exporter", "none",
                            "otel.logs.exporter", "none"))
                    .addSpanExporterCustomizer((exporter, _) -> counts.counting(exporter))
                    .addTracerProviderCustomizer((provider, _) -> provider.addSpanProcessor(counts))
                    .disableShutdownHook()
                    .build()
                    .getOpenTelemetrySdk();
            return new Tracing(sdk.getTracer(SCOPE, BuildInfo.read().version()), sdk);
        } catch (ConfigurationException e) {
            throw new CannotStart("The environment variables of OpenTelemetry: " + e.getMessage());
        }
    }

    /// Whether this process records spans.
    public boolean isOn() {
        return sdk != null;
    }

    /// Begins a span that is the current one of this thread until it is closed.
    ///
    /// @param what follows the name, such as a topic; empty: nothing
    /// @param causes the first is continued, the others are linked; empty: a new trace
    public Span begin(SpanName name, String what, List<TraceParent> causes) {
        return sdk == null
                ? Span.NONE
                : Span.current(
                        builder(name, what, causes).startSpan(), Context.root().with(CURRENT, this));
    }

    /// Does the same for work that something has caused; records nothing if nothing that is traced has.
    public Span beginCaused(SpanName name, String what, List<TraceParent> causes) {
        return causes.isEmpty() ? Span.NONE : begin(name, what, causes);
    }

    /// Begins a span that never becomes current, and that another thread may close.
    ///
    /// @param start when it began
    public Span beginApart(SpanName name, String what, List<TraceParent> causes, Instant start) {
        return sdk == null
                ? Span.NONE
                : Span.apart(
                        builder(name, what, causes).setStartTimestamp(start).startSpan());
    }

    /// Begins a part of the span that is current in this thread, such as the call of a client. Outside of
    /// a span nothing is recorded.
    ///
    /// @param what what follows the name; asked only if the span is recorded
    public static Span beginPart(SpanName name, Supplier<String> what) {
        Context context = Context.current();
        Tracing tracing = context.get(CURRENT);
        return tracing == null
                ? Span.NONE
                : Span.current(
                        tracing.tracer
                                .spanBuilder(name.with(what.get()))
                                .setSpanKind(name.kind())
                                .setParent(context)
                                .startSpan(),
                        context);
    }

    /// Returns the trace context of the span that is current in this thread, for the header `traceparent`
    /// of a call; empty outside of a span.
    public static Optional<TraceParent> current() {
        return Span.parent(io.opentelemetry.api.trace.Span.current());
    }

    @Override
    public void close() {
        if (sdk != null) {
            sdk.shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS);
        }
    }

    /// Whether tracing is asked for.
    ///
    /// @param configured the value of a variable; null: it is not set
    static boolean isAsked(UnaryOperator<@Nullable String> configured) {
        return SWITCHES.stream().anyMatch(name -> isSet(configured.apply(name)))
                && !"none".equals(configured.apply(SWITCHES.getFirst()))
                && !"true".equalsIgnoreCase(configured.apply("OTEL_SDK_DISABLED"));
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    /// Returns a setting as the SDK reads it: the system property, else the environment variable.
    private static @Nullable String configured(@Nullable String variable) {
        String name = String.valueOf(variable);
        String property = System.getProperty(name.toLowerCase(Locale.ROOT).replace('_', '.'));
        return property == null ? System.getenv(name) : property;
    }

    private SpanBuilder builder(SpanName name, String what, List<TraceParent> causes) {
        SpanBuilder builder = tracer.spanBuilder(name.with(what)).setSpanKind(name.kind());
        if (causes.isEmpty()) {
            return builder.setNoParent();
        }
        builder.setParent(Context.root().with(io.opentelemetry.api.trace.Span.wrap(remote(causes.getFirst()))));
        causes.stream().skip(1).forEach(cause -> builder.addLink(remote(cause)));
        return builder;
    }

    private static SpanContext remote(TraceParent parent) {
        return SpanContext.createFromRemoteParent(
                parent.traceId(),
                parent.spanId(),
                parent.isSampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                TraceState.getDefault());
    }

    /// Returns the trace context of a header; empty if there is none that is sampled.
    public static Optional<TraceParent> ofHeader(@Nullable String header) {
        return TraceParent.parse(header).filter(TraceParent::isSampled);
    }
}
