/// The adaptive gap: how long to wait after a message, from what the message looks like, what is known of
/// its sender, and when the business answered. Pure: it knows neither Kafka nor a clock, and everything
/// that may change a wait is an argument or a state that the caller keeps. Only `StrictMath` is used, so
/// that the same messages lead to the same waits on each machine.
@NullMarked
package lull.aggregator.gap;

import org.jspecify.annotations.NullMarked;
