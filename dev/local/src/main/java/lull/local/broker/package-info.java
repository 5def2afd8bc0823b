/// A real Kafka broker inside this process.
@NullMarked
package lull.local.broker;

import org.jspecify.annotations.NullMarked;
