package lull.runtime.process;

import java.time.InstantSource;
import lull.runtime.Lifecycle;
import lull.runtime.admin.Dependencies;
import lull.runtime.admin.Health;
import lull.runtime.admin.Metrics;
import lull.runtime.kafka.KafkaWatch;
import lull.runtime.settings.Settings;

/// Context that a service gets from the process it runs in. In one process there may be several services on one
/// context.
///
/// @param parts where a service adds what it starts, in order; the process stops it in reverse
/// @param dependencies where a service adds the outside things that it uses
/// @param kafka the watch over the broker and the topics that services need
/// @param clock the wall clock
public record ServiceContext(
        Settings settings,
        Health health,
        Metrics metrics,
        Lifecycle parts,
        Dependencies dependencies,
        KafkaWatch kafka,
        InstantSource clock) {}
