/// Replies of applications: requests become records for the topic of replies.
@NullMarked
package lull.ingress.reply;

import org.jspecify.annotations.NullMarked;
