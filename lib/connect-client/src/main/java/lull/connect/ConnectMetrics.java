package lull.connect;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/// Meters of calls of Amazon Connect. Safe for several threads.
public final class ConnectMetrics {

    private final MeterRegistry registry;

    public ConnectMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Counts a call of Connect that was not made because of the rate limit.
    void connectPaced(String operation) {
        Counter.builder("lull.bridge.connect.paced")
                .description("Calls of Amazon Connect that were delayed by the rate limit or by an open circuit")
                .tag("operation", operation)
                .register(registry)
                .increment();
    }

    /// Registers a value by Region and operation of Connect for as long as its owner lives.
    <T> void showPace(String region, String operation, T owner, ToDoubleFunction<T> value) {
        Gauge.builder("lull.bridge.connect.pace", owner, value)
                .description("Maximum rate of calls of Amazon Connect, per second")
                .tag("region", region)
                .tag("operation", operation)
                .register(registry);
    }

    /// Registers whether the circuit is open, by Region and operation of Connect, for as long as its
    /// owner lives.
    <T> void showCircuit(String region, String operation, T owner, ToDoubleFunction<T> isOpen) {
        Gauge.builder("lull.bridge.connect.circuit", owner, isOpen)
                .description(
                        "1 while the circuit of an Amazon Connect operation is open after repeated failures, else 0")
                .tag("region", region)
                .tag("operation", operation)
                .register(registry);
    }

    /// Records a call that has ended, with its result in one word.
    void connectCalled(String operation, String result, Duration took) {
        Timer.builder("lull.bridge.connect.calls")
                .description("Calls of Amazon Connect by operation and result")
                .tag("operation", operation)
                .tag("result", result)
                .register(registry)
                .record(took);
    }
}
