package lull.runtime.admin;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/// Counter of records or calls by their outcome, which is the tag `exit`. Safe for several threads.
public final class OutcomeCounter {

    private OutcomeCounter() {}

    /// Increments a counter.
    ///
    /// @param name of the meter, such as `lull.bridge.turns`
    /// @param outcome whose name in lower case is the value of the tag
    public static void increment(MeterRegistry registry, String name, String description, Enum<?> outcome) {
        Counter.builder(name)
                .description(description)
                .tag("exit", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }
}
