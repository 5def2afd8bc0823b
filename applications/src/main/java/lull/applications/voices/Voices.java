package lull.applications.voices;

import java.time.Instant;
import java.util.Map;
import lull.contract.turn.Turn;

/// Source of what is said in voice notes. Safe for several threads.
@FunctionalInterface
public interface Voices {

    /// Voice notes stay attachments without words.
    Voices NONE = (_, _) -> Map.of();

    /// Returns what is said in the voice notes of a turn, by their media ids, as far as it is known in time. Notes in
    /// which nobody speaks are not in it.
    ///
    /// @param until when the answer to the turn must be there
    Map<String, String> heard(Turn turn, Instant until) throws InterruptedException;
}
