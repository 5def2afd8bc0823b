/// Publishing of records, and the health of the brokers that accept them.
@NullMarked
package lull.ingress.kafka;

import org.jspecify.annotations.NullMarked;
