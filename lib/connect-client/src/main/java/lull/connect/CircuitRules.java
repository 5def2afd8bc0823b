package lull.connect;

import java.time.Duration;

/// Rules for when an operation of Connect that fails time after time is left alone, and for how long.
///
/// @param failures in a row; 0 for never
/// @param first for how long at first
/// @param most for how long at most
record CircuitRules(int failures, Duration first, Duration most) {}
