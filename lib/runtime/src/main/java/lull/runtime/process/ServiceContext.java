package lull.runtime.process;

import java.time.InstantSource;
import lull.runtime.Lifecycle;
import lull.runtime.admin.Dependencies;
import lull.runtime.admin.Health;
import lull.runtime.admin.Metrics;
import lull.runtime.kafka.KafkaWatch;
import lull.runtime.settings.Settings;
import lull.runtime.trace.Tracing;

/// Context that a service gets from its process. Several services may run in one process on one
/// context.
///
/// @param components to which a service adds what it starts, in order; the process stops it in reverse
///     order
/// @param dependencies to which a service adds the external systems that it uses
/// @param kafka the watch over the broker and the topics that services need
/// @param clock the wall clock
/// @param tracing traces of what the services do, off unless the environment asks for it
public record ServiceContext(
        Settings settings,
        Health health,
        Metrics metrics,
        Lifecycle components,
        Dependencies dependencies,
        KafkaWatch kafka,
        InstantSource clock,
        Tracing tracing) {

    /// Returns the context of a service in the same process that works without Kafka.
    public PlainContext plain() {
        return new PlainContext(settings, health, metrics, components, dependencies, clock, tracing);
    }
}
