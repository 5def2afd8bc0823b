package lull.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lull.contract.trace.TraceParent;
import lull.runtime.CannotStart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TracingTest {

    private static final TraceParent CAUSE = parent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Map<String, String> before = new HashMap<>();

    @AfterEach
    void restore() {
        before.keySet().forEach(System::clearProperty);
    }

    @Test
    void isOffUnlessAStandardVariableAsksForIt() {
        assertThat(isAsked(Map.of())).isFalse();
        assertThat(isAsked(Map.of("OTEL_SERVICE_NAME", "lull"))).isFalse();
        assertThat(isAsked(Map.of("OTEL_TRACES_EXPORTER", "otlp"))).isTrue();
        assertThat(isAsked(Map.of("OTEL_TRACES_EXPORTER", "none"))).isFalse();
        assertThat(isAsked(Map.of("OTEL_TRACES_EXPORTER", " "))).isFalse();
        assertThat(isAsked(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318")))
                .isTrue();
        assertThat(isAsked(Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://c:4318/v1/traces")))
                .isTrue();
        assertThat(isAsked(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318", "OTEL_SDK_DISABLED", "TRUE")))
                .isFalse();
        assertThat(isAsked(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318", "OTEL_TRACES_EXPORTER", "none")))
                .isFalse();
    }

    @Test
    void recordsNothingWhenItIsOff() {
        try (Tracing tracing = Tracing.start("test", meters)) {
            assertThat(tracing.isOn()).isFalse();
            try (Span span = tracing.begin(SpanName.WEBHOOK, "", List.of(CAUSE))) {
                assertThat(span.parent()).isEmpty();
                assertThat(Tracing.current()).isEmpty();
                try (Span part = Tracing.beginPart(SpanName.CALL, () -> "GET")) {
                    assertThat(part.parent()).isEmpty();
                }
            }
        }
        assertThat(counted("ended")).isZero();
    }

    @Test
    void continuesTheTraceOfTheFirstCauseAndCountsWhatCannotBeExported() throws IOException {
        set("otel.exporter.otlp.endpoint", "http://localhost:" + closedPort());
        set("otel.exporter.otlp.timeout", "1000");
        try (Tracing tracing = Tracing.start("test", meters)) {
            assertThat(Tracing.beginPart(SpanName.CALL, () -> "GET").parent()).isEmpty();
            try (Span span = tracing.begin(SpanName.PROCESS, "flow", List.of(CAUSE))) {
                TraceParent own = span.parent().orElseThrow();
                assertThat(own.traceId()).isEqualTo(CAUSE.traceId());
                assertThat(own.spanId()).isNotEqualTo(CAUSE.spanId());
                assertThat(Tracing.current()).contains(own);
                try (Span part = Tracing.beginPart(SpanName.CALL, () -> "GET")) {
                    assertThat(part.parent().orElseThrow().traceId()).isEqualTo(CAUSE.traceId());
                }
                assertThat(Tracing.current()).contains(own);
            }
            assertThat(Tracing.current()).isEmpty();
            try (Span span = tracing.beginCaused(SpanName.REPORT, "read", List.of())) {
                assertThat(span.parent()).isEmpty();
            }
            try (Span span = tracing.beginCaused(SpanName.REPORT, "read", List.of(CAUSE))) {
                assertThat(span.parent().orElseThrow().traceId()).isEqualTo(CAUSE.traceId());
            }
        }
        assertThat(counted("ended")).isEqualTo(3);
        assertThat(counted("exported")).isZero();
        assertThat(counted("failed")).isEqualTo(3);
    }

    @Test
    void whatIsNotSampledCausesNothing() throws IOException {
        set("otel.exporter.otlp.endpoint", "http://localhost:" + closedPort());
        set("otel.traces.sampler", "always_off");
        try (Tracing tracing = Tracing.start("test", meters);
                Span span = tracing.begin(SpanName.WEBHOOK, "", List.of())) {
            assertThat(tracing.isOn()).isTrue();
            assertThat(span.parent()).isEmpty();
        }
        assertThat(counted("ended")).isZero();
    }

    @Test
    void aWrongVariableIsAReasonNotToStart() {
        set("otel.traces.exporter", "zipkins");
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> Tracing.start("test", meters))
                .withMessageContaining("OpenTelemetry")
                .withMessageContaining("zipkins");
    }

    @Test
    void takesOnlySampledHeaders() {
        assertThat(Tracing.ofHeader(CAUSE.value())).contains(CAUSE);
        assertThat(Tracing.ofHeader(CAUSE.value().replaceAll("01$", "00"))).isEmpty();
        assertThat(Tracing.ofHeader("01-nonsense")).isEmpty();
        assertThat(Tracing.ofHeader(null)).isEmpty();
    }

    private static boolean isAsked(Map<String, String> variables) {
        return Tracing.isAsked(variables::get);
    }

    private void set(String property, String value) {
        before.put(property, value);
        System.setProperty(property, value);
    }

    private double counted(String outcome) {
        return meters.get("lull.trace.spans").tag("outcome", outcome).counter().count();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static TraceParent parent(String value) {
        return TraceParent.parse(value).orElseThrow();
    }
}
