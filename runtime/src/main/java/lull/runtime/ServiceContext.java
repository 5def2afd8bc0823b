package lull.runtime;

import java.time.InstantSource;
import lull.runtime.admin.Health;
import lull.runtime.admin.Metrics;
import lull.runtime.settings.Settings;

/// What a service gets from the process it runs in. In one process there may be several services on one context.
///
/// @param parts where a service adds what it starts, in order; the process stops it in reverse
/// @param clock the wall clock
public record ServiceContext(Settings settings, Health health, Metrics metrics, Parts parts, InstantSource clock) {}
