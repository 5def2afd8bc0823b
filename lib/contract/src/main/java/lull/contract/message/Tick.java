package lull.contract.message;

/// Moves a partition's clock when nobody writes. It says nothing else: what it brings is its append time.
public record Tick() implements InputRecord {}
