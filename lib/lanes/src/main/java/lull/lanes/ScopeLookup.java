package lull.lanes;

import java.util.List;

/// The scopes that the records of a key belong to, besides [PauseScope#PROCESS]. Called under the engine's lock, so it
/// answers from memory.
@FunctionalInterface
public interface ScopeLookup {

    /// Only pauses of the whole process concern the flow.
    ScopeLookup NONE = _ -> List.of();

    /// The scopes of a key; empty if they are unknown.
    List<PauseScope> of(String key);
}
