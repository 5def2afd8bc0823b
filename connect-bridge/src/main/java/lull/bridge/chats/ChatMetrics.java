package lull.bridge.chats;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/// The meters of chats: opened, ended, and those whose tokens cannot be read. May be used by any thread.
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

    /// A chat was found to be over.
    ///
    /// @param by `event` where Connect told of it, `refusal` where a call was refused
    public void chatEnded(String by) {
        Counter.builder("lull.bridge.chats.ended")
                .description("Chats by how their end was noticed")
                .tag("by", by)
                .register(registry)
                .increment();
    }

    /// The tokens of a chat cannot be read with any key.
    public void chatUnreadable() {
        Counter.builder("lull.bridge.chats.unreadable")
                .description("Records of chats whose tokens no key decrypts")
                .register(registry)
                .increment();
    }

    /// Shows a value for as long as its owner lives.
    public <T> void show(String name, String description, T owner, ToDoubleFunction<T> value) {
        Gauge.builder("lull.bridge." + name, owner, value)
                .description(description)
                .register(registry);
    }
}
