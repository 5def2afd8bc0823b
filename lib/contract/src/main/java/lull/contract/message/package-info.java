/// Records of what a customer sent: the envelope, the typed content and the other values of an input
/// topic.
@NullMarked
package lull.contract.message;

import org.jspecify.annotations.NullMarked;
