package lull.lanes;

/// Pause that is in force.
///
/// @param reason in words, without anything personal
public record Pause(PauseScope scope, String reason) {}
