package lull.connect;

/// What Amazon Connect answered.
public sealed interface Answer<T> {

    record Ok<T>(T value) implements Answer<T> {}

    record Failed<T>(ConnectError error) implements Answer<T> {}
}
