package lull.bridge.inbound.transcripts;

import io.micrometer.core.instrument.MeterRegistry;
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
}
