/// Notifications of Amazon SNS, verified before anything believes them.
@NullMarked
package lull.runtime.sns;

import org.jspecify.annotations.NullMarked;
