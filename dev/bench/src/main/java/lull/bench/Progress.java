package lull.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Progress of an application, by the number of records that it has handled.
///
/// @param handled returns how many it has handled
/// @param look how often it is asked
record Progress(Handled handled, Duration look) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// Number of records that an application has handled.
    interface Handled {
        long number() throws Exception;
    }

    /// Waits until so many records are handled, and fails if none is for two minutes. Returns how many are.
    long await(long records) throws Exception {
        long number = handled.number();
        long progressAt = System.nanoTime();
        while (number < records) {
            LockSupport.parkNanos(look.toNanos());
            long now = handled.number();
            if (now > number) {
                progressAt = System.nanoTime();
            } else if (System.nanoTime() - progressAt > PATIENCE.toNanos()) {
                throw new IllegalStateException("Stands still at " + number + " of " + records + " records");
            }
            number = now;
        }
        return number;
    }
}
