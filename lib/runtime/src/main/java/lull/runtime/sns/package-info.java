/// Notifications of Amazon SNS, verified before anything uses them.
@NullMarked
package lull.runtime.sns;

import org.jspecify.annotations.NullMarked;
