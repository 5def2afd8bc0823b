package lull.applications.voices;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// Meters of the voice notes of a destination. Safe for several threads.
public final class VoiceMetrics {

    private final MeterRegistry registry;
    private final String destination;

    public VoiceMetrics(MeterRegistry registry, String destination) {
        this.registry = registry;
        this.destination = destination;
    }

    /// Counts a voice note of a turn.
    void heard(String outcome) {
        Counter.builder("lull.assistant.voices")
                .description("Voice notes of turns, by whether the destination knows what is said in them")
                .tag("destination", destination)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }
}
