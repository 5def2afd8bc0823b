package lull.runtime.process;

import java.time.InstantSource;
import lull.runtime.Lifecycle;
import lull.runtime.admin.Dependencies;
import lull.runtime.admin.Health;
import lull.runtime.admin.Metrics;
import lull.runtime.settings.Settings;
import lull.runtime.trace.Tracing;

/// Context of a service that works without Kafka. See [ServiceContext].
///
/// @param components to which a service adds what it starts, in order; the process stops it in reverse
///     order
/// @param dependencies to which a service adds the external systems that it uses
/// @param clock the wall clock
/// @param tracing traces of what the service does, off unless the environment asks for it
public record PlainContext(
        Settings settings,
        Health health,
        Metrics metrics,
        Lifecycle components,
        Dependencies dependencies,
        InstantSource clock,
        Tracing tracing) {}
