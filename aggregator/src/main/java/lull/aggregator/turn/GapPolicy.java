package lull.aggregator.turn;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Rule for how long to wait for more messages after a message. It must be a pure function of its
/// arguments; otherwise turns are not exact.
@FunctionalInterface
interface GapPolicy {

    /// Returns the gap after a message.
    ///
    /// @param soFar the open turn that the message has joined; null if it opens one
    Duration gap(@Nullable OpenTurn soFar, ParsedMessage message);
}
