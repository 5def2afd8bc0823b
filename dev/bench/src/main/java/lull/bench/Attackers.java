package lull.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Attackers at work at the same time, for a bounded time: at its end their connections are closed.
final class Attackers {

    /// An attacker begins again after this time at the soonest.
    private static final Duration BREATH = Duration.ofMillis(50);

    private final Tally tally;
    private final long until;
    private final Set<AttackConnection> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// What an attacker does again and again.
    @FunctionalInterface
    interface Deed {
        /// Does it once.
        ///
        /// @param round grows by one each time
        void perform(AttackConnection connection, int round) throws IOException, InterruptedException;
    }

    Attackers(Tally tally, Duration time) {
        this.tally = tally;
        this.until = System.nanoTime() + time.toNanos();
    }

    boolean areDone() {
        return System.nanoTime() - until >= 0;
    }

    /// Has so many attackers do something, each with a new connection every time.
    ///
    /// @param port of this machine
    void start(int count, int port, Deed deed) {
        start(count, port, BREATH, deed);
    }

    /// @param every the time between two beginnings of each attacker, if its deed takes no longer
    void start(int count, int port, Duration every, Deed deed) {
        for (int attacker = 0; attacker < count; attacker++) {
            int first = attacker;
            Future<?> _ = threads.submit(() -> attack(port, every, deed, first));
        }
    }

    /// Returns when the time is over and nobody is at work.
    void await() throws InterruptedException {
        while (!areDone()) {
            Thread.sleep(BREATH);
        }
        threads.shutdownNow();
        connections.forEach(AttackConnection::close);
        threads.close();
    }

    private void attack(int port, Duration every, Deed deed, int first) {
        try {
            for (int round = first; !areDone(); round++) {
                long begin = System.nanoTime();
                try (AttackConnection connection = new AttackConnection(tally)) {
                    connections.add(connection);
                    connection.connect(port);
                    deed.perform(connection, round);
                    connections.remove(connection);
                } catch (IOException e) {
                    tally.answered(0);
                }
                Duration left = every.minusNanos(System.nanoTime() - begin);
                Thread.sleep(left.isNegative() ? Duration.ZERO : left);
            }
        } catch (InterruptedException e) {
            // The time is over.
            Thread.currentThread().interrupt();
        }
    }
}
