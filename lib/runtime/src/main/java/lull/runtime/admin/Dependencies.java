package lull.runtime.admin;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/// External systems that a process uses. Each is one of its health checks, a meter and at most one log
/// line a minute.
///
/// A check must take at most [#CHECK_LIMIT]; then an outage is detected within ten seconds.
public final class Dependencies implements AutoCloseable {

    /// How long one check may take.
    public static final Duration CHECK_LIMIT = Duration.ofSeconds(2);

    private static final Duration CHECK_EVERY = Duration.ofSeconds(2);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

    private final Health health;
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    /// Check whether an external system can be used.
    @FunctionalInterface
    public interface Check {

        /// Returns why it cannot be used, in words; empty if it can.
        Optional<String> problem() throws InterruptedException;
    }

    /// @param nanoTime a monotonic clock in nanoseconds, such as `System::nanoTime`
    public Dependencies(Health health, MeterRegistry registry, InstantSource clock, LongSupplier nanoTime) {
        this.health = health;
        this.registry = registry;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /// Adds a system without which the process cannot work: the process is not ready while it is
    /// unavailable.
    public Dependency required(String name, String advice) {
        Dependency dependency = new Dependency(name, advice, clock, nanoTime, registry);
        health.readyWhile(name, dependency::problem);
        return dependency;
    }

    /// Adds a system without which the process can do most of its work: the process is ready but
    /// degraded while it is unavailable.
    public Dependency optional(String name, String advice) {
        Dependency dependency = new Dependency(name, advice, clock, nanoTime, registry);
        health.degradedWhile(name, dependency::problem);
        return dependency;
    }

    /// Checks a dependency every few seconds from now on, until this object is closed.
    public void check(Dependency dependency, Check check) {
        threads.add(Thread.ofVirtual().name("check-" + dependency.name()).start(() -> {
            try {
                while (true) {
                    Thread.sleep(report(dependency, check) ? CHECK_EVERY : AFTER_FAILURE);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    @Override
    public void close() {
        List<Thread> running = new ArrayList<>(threads);
        running.forEach(Thread::interrupt);
        try {
            for (Thread thread : running) {
                thread.join(CHECK_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean report(Dependency dependency, Check check) throws InterruptedException {
        Optional<String> problem;
        try {
            problem = check.problem();
        } catch (RuntimeException e) {
            problem = Optional.of("the check failed: " + e);
        }
        problem.ifPresentOrElse(dependency::failed, dependency::worked);
        return problem.isEmpty();
    }
}
