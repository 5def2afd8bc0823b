package lull.voice;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/// Meters of calls of the service that transcribes. Safe for several threads.
public final class TranscriberMetrics {

    private final MeterRegistry registry;

    public TranscriberMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void transcribed(String result, Duration took) {
        Timer.builder("lull.bridge.transcribe.calls")
                .description("Voice notes that were sent to Amazon Transcribe, by result")
                .tag("result", result)
                .register(registry)
                .record(took);
    }
}
