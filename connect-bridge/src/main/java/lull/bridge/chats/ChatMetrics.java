package lull.bridge.chats;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/// Meters of chats: opened, ended, and those whose tokens cannot be read. Safe for several threads.
public final class ChatMetrics {

    private final MeterRegistry registry;

    public ChatMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void chatOpened() {
        Counter.builder("lull.bridge.chats.opened")
                .description("Chats that turns have opened")
                .tag("by", "turn")
                .register(registry)
                .increment();
    }

    /// Counts a chat that was found to be over.
    ///
    /// @param by `event` if Connect reported it, `refusal` if a call was refused
    public void chatEnded(String by) {
        Counter.builder("lull.bridge.chats.ended")
                .description("Chats by how their end was noticed")
                .tag("by", by)
                .register(registry)
                .increment();
    }

    /// Counts a chat whose tokens no key decrypts.
    public void chatUnreadable() {
        Counter.builder("lull.bridge.chats.unreadable")
                .description("Records of chats whose tokens no key decrypts")
                .register(registry)
                .increment();
    }

    /// Registers a gauge that lives as long as its owner.
    public <T> void show(String name, String description, T owner, ToDoubleFunction<T> value) {
        Gauge.builder("lull.bridge." + name, owner, value)
                .description(description)
                .register(registry);
    }
}
