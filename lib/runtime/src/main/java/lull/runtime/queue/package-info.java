/// Messages that arrive by an Amazon SQS queue.
@NullMarked
package lull.runtime.queue;

import org.jspecify.annotations.NullMarked;
