/// Applications that read their turns from a queue of Amazon SQS.
@NullMarked
package lull.applications.sqs;

import org.jspecify.annotations.NullMarked;
