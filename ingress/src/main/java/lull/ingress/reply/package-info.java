/// Replies of applications: reads requests and creates records for the topic of replies.
@NullMarked
package lull.ingress.reply;

import org.jspecify.annotations.NullMarked;
