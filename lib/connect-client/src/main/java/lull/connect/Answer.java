package lull.connect;

/// Result of a call of Amazon Connect.
public sealed interface Answer<T> {

    record Ok<T>(T value) implements Answer<T> {}

    record Failed<T>(ConnectError error) implements Answer<T> {}
}
