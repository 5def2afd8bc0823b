package lull.console.figures;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A process as its admin port described it at the last visit. Immutable.
///
/// @param address of its admin port
/// @param name of its service, such as `bridge`; the last known one if it does not answer
/// @param problem why nothing is known of it now; absent if it answered
/// @param isReady whether it can do its work
/// @param problems why it is not ready
/// @param degraded what does not work while it is ready
/// @param samples its meters, at `at`
/// @param waiting what it could not handle yet
public record ProcessState(
        String address,
        String name,
        String version,
        Instant at,
        @Nullable String problem,
        boolean isReady,
        List<String> problems,
        List<Degraded> degraded,
        List<Sample> samples,
        List<Waiting> waiting) {

    /// Something that waits because it could not be handled yet.
    ///
    /// @param flow the name of the consumer group
    /// @param conversation its masked key
    /// @param since when its first record was written
    /// @param records that wait, one after the other
    public record Waiting(String flow, String conversation, Instant since, int records, int attempts, String reason) {}

    /// Something that does not work while a process is ready.
    ///
    /// @param part of the process, such as a flow
    /// @param scope that is affected, such as a business number
    /// @param cause in words, with what to do
    public record Degraded(String part, String scope, String cause) {}

    public ProcessState {
        problems = List.copyOf(problems);
        degraded = List.copyOf(degraded);
        samples = List.copyOf(samples);
        waiting = List.copyOf(waiting);
    }

    /// Whether it answered at the last visit.
    public boolean isKnown() {
        return problem == null;
    }

    @Override
    public String toString() {
        return "ProcessState[" + name + " at " + address + "]";
    }
}
