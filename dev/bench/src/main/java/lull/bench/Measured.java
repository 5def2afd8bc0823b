package lull.bench;

/// Result of one target in one round.
///
/// @param perSecond requests that were answered with 200 in time, a second
/// @param allocatedBytes of the target's process, a request
/// @param cpuMicros of the target's process, a request
/// @param loadMicros of the load generator, a request
/// @param brokerMicros of the broker, a request
record Measured(double perSecond, double allocatedBytes, double cpuMicros, double loadMicros, double brokerMicros) {}
