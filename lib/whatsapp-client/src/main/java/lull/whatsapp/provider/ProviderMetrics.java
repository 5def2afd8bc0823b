package lull.whatsapp.provider;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/// Meters of calls of other providers. Safe for several threads.
public final class ProviderMetrics {

    private final MeterRegistry registry;

    public ProviderMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void called(String app, String result, Duration took) {
        Timer.builder("lull.bridge.provider.calls")
                .description("Calls of other providers' APIs by app and result")
                .tag("app", app)
                .tag("result", result)
                .register(registry)
                .record(took);
    }
}
