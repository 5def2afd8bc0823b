package lull.connect;

/// APIs of Amazon Connect. They share the rate limits, the circuits and the connection pool of each
/// Region.
public record ConnectApis(ConnectPort connect, ParticipantPort participant) {}
