package lull.whatsapp;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/// Meters of calls of WhatsApp. Safe for several threads.
public final class WhatsAppMetrics {

    private final MeterRegistry registry;

    public WhatsAppMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void mediaFetched(String result, Duration took) {
        Timer.builder("lull.bridge.media.fetches")
                .description("Files fetched from WhatsApp by result")
                .tag("result", result)
                .register(registry)
                .record(took);
    }

    public void whatsAppCalled(String result, Duration took) {
        Timer.builder("lull.bridge.whatsapp.calls")
                .description("Calls of WhatsApp's Graph API by result")
                .tag("result", result)
                .register(registry)
                .record(took);
    }
}
