package lull.runtime;

import java.time.Duration;

/// Rules for when the circuit of an operation opens after repeated failures, and for how
/// long.
///
/// @param failures in a row; 0 means never
/// @param first how long it is open at first
/// @param most how long it is open at most
public record CircuitPolicy(int failures, Duration first, Duration most) {}
