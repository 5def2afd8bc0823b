/// How records are published, and whether the brokers accept them.
@NullMarked
package lull.ingress.kafka;

import org.jspecify.annotations.NullMarked;
