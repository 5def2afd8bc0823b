package lull.lanes;

import java.util.List;

/// Lookup of the scopes to which the records of a key belong, besides [PauseScope#PROCESS]. Called
/// under the engine's lock, so it must answer from memory.
@FunctionalInterface
public interface ScopeLookup {

    /// Only pauses of the whole process apply to the flow.
    ScopeLookup NONE = _ -> List.of();

    /// The scopes of a key; empty if they are unknown.
    List<PauseScope> of(String key);
}
