package lull.whatsapp.channel;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/// Meters of calls of channels. Safe for several threads.
public final class ChannelMetrics {

    private final MeterRegistry registry;

    public ChannelMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void called(String channel, String result, Duration took) {
        Timer.builder("lull.bridge.channel.calls")
                .description("Calls that send replies to channels besides WhatsApp, by channel and result")
                .tag("channel", channel)
                .tag("result", result)
                .register(registry)
                .record(took);
    }

    void fetched(String channel, String result, Duration took) {
        Timer.builder("lull.bridge.channel.files")
                .description("Files of customers of channels besides WhatsApp, by channel and result")
                .tag("channel", channel)
                .tag("result", result)
                .register(registry)
                .record(took);
    }
}
