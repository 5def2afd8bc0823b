package lull.contract.message;

import org.jspecify.annotations.Nullable;

/// A heartbeat record: its append time advances the clock of its partition, and it says nothing else.
///
/// A tick alone is no proof that others can write: the leader of a partition takes it also while a follower is
/// dead and the acknowledgements of all producers wait. So the aggregator writes a *probe* before, which ends no
/// turn, and a tick that ends turns only when the probe is acknowledged.
///
/// @param probe whether it only advances the clock; null means no, as in ticks of earlier versions
public record Tick(@Nullable Boolean probe) implements InputRecord {

    /// A tick that ends what is due.
    public static final Tick CLOSING = new Tick(null);

    /// A tick that ends nothing.
    public static final Tick PROBE = new Tick(true);

    /// Whether turns that are due end with this tick.
    public boolean endsTurns() {
        return !Boolean.TRUE.equals(probe);
    }
}
