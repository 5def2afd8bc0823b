/// What a customer sent: the envelope, the typed content and what else travels on an input topic.
@NullMarked
package lull.contract.message;

import org.jspecify.annotations.NullMarked;
