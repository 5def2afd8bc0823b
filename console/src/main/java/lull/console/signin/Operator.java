package lull.console.signin;

/// Operator who has signed in. Immutable.
///
/// @param name as it is recorded with changes
public record Operator(String name) {}
