package lull.bridge.inbound.transcripts;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import lull.runtime.admin.OutcomeCounter;

/// Meters of transcripts of voice notes. Safe for several threads.
public final class TranscriptMetrics {

    private final MeterRegistry registry;

    public TranscriptMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void transcriptHandled(TranscriptOutcome outcome) {
        OutcomeCounter.increment(registry, "lull.bridge.transcripts", "Transcripts of voice notes by outcome", outcome);
    }

    public void transcribed(String result, Duration took) {
        Timer.builder("lull.bridge.transcribe.calls")
                .description("Voice notes that were sent to Amazon Transcribe, by result")
                .tag("result", result)
                .register(registry)
                .record(took);
    }
}
