package lull.bench.peer;

import java.time.Duration;

/// Task of an application that makes turns: read an input topic from its beginning, in one round of a
/// benchmark.
///
/// @param round tells its stores and its consumer group from those of other rounds
/// @param output the topic that turns go to
/// @param from how many records are handled before it is measured
/// @param to how many records are handled when the measured part is over; 0 where nothing is measured
/// @param heap whether the heap that it holds is measured in the end
public record Work(String round, String input, String output, Duration gap, long from, long to, boolean heap) {}
