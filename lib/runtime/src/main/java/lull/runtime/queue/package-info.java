/// What arrives by a queue of Amazon SQS.
@NullMarked
package lull.runtime.queue;

import org.jspecify.annotations.NullMarked;
