package lull.contract.message;

import org.jspecify.annotations.Nullable;

/// Heartbeat record: its append time advances the clock of its partition; it has no other meaning.
///
/// A tick alone does not prove that others can write: the leader of a partition accepts it also while a
/// follower is dead and the acknowledgements of all producers wait. So the aggregator first writes a
/// *probe*, which ends no turn, and writes a tick that ends turns only after the probe is acknowledged.
///
/// @param probe whether it only advances the clock; null means no, as in ticks of earlier versions
public record Tick(@Nullable Boolean probe) implements InputRecord {

    /// A tick that ends the turns that are due.
    public static final Tick CLOSING = new Tick(null);

    /// A tick that ends no turn.
    public static final Tick PROBE = new Tick(true);

    /// Whether turns that are due end with this tick.
    public boolean endsTurns() {
        return !Boolean.TRUE.equals(probe);
    }
}
