package lull.applications.assistant;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.math.BigDecimal;
import java.time.Duration;
import lull.applications.voices.VoiceMetrics;

/// Meters of an assistant. Safe for several threads.
public final class AssistantMetrics {

    private static final String DESTINATION = "destination";

    private final MeterRegistry registry;
    private final String destination;

    /// @param destination the assistant's name
    public AssistantMetrics(MeterRegistry registry, String destination) {
        this.registry = registry;
        this.destination = destination;
    }

    /// Counts a turn by what the assistant does with it.
    void answered(String outcome) {
        Counter.builder("lull.assistant.answers")
                .description("Turns that assistants have answered, by outcome")
                .tag(DESTINATION, destination)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /// Counts a hand-over by its cause.
    void handedOver(HandOverCause cause) {
        Counter.builder("lull.assistant.handovers")
                .description("Conversations that assistants have handed over to persons, by cause")
                .tag(DESTINATION, destination)
                .tag("cause", cause.word())
                .register(registry)
                .increment();
    }

    /// Counts a call of the language model, and how long it took.
    void called(String outcome, Duration duration) {
        Timer.builder("lull.assistant.calls")
                .description("Calls of language models, by outcome")
                .tag(DESTINATION, destination)
                .tag("outcome", outcome)
                .register(registry)
                .record(duration);
    }

    /// Counts what a call has cost.
    void spent(long inputTokens, long outputTokens, BigDecimal cost) {
        tokens("input", inputTokens);
        tokens("output", outputTokens);
        Counter.builder("lull.assistant.cost")
                .description("Cost of language models, by the prices in the settings")
                .tag(DESTINATION, destination)
                .register(registry)
                .increment(cost.doubleValue());
    }

    /// Notes how sure a model is.
    void confident(double confidence) {
        DistributionSummary.builder("lull.assistant.confidence")
                .description("How sure language models say they are, from 0 to 1")
                .tag(DESTINATION, destination)
                .register(registry)
                .record(confidence);
    }

    /// Counts a turn by where its history came from.
    void remembered(String source) {
        Counter.builder("lull.assistant.histories")
                .description("Turns for which the archive was asked what was said before, by what had it")
                .tag(DESTINATION, destination)
                .tag("source", source)
                .register(registry)
                .increment();
    }

    /// Returns the meters of the voice notes of the same destination.
    VoiceMetrics voices() {
        return new VoiceMetrics(registry, destination);
    }

    /// Counts an answer that was begun before its turn ended.
    void early(String outcome) {
        Counter.builder("lull.assistant.early")
                .description("Answers that were begun before the turn ended, by what became of them")
                .tag(DESTINATION, destination)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /// Counts how much sooner an answer was there because it was begun before the turn ended.
    void saved(Duration duration) {
        Timer.builder("lull.assistant.early.saved")
                .description("How much sooner customers had answers that were begun before the turn ended")
                .tag(DESTINATION, destination)
                .register(registry)
                .record(duration);
    }

    private void tokens(String direction, long number) {
        Counter.builder("lull.assistant.tokens")
                .description("Tokens that language models have read and written")
                .tag(DESTINATION, destination)
                .tag("direction", direction)
                .register(registry)
                .increment((double) number);
    }
}
